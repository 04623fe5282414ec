"""What reaches the builder of the image: exactly what the Dockerfile copies."""

from tests.deploy.image import instructions
from tests.support.paths import ROOT


def test_builder_is_sent_what_the_dockerfile_copies():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    sent = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copied = {name for instruction, words in instructions() if instruction == "COPY" for name in words.split()[:-1]}

    assert sent == copied
