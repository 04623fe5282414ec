# Sourced by script/server and script/test: makes .venv hold exactly the pinned packages of one requirements file.

say() { printf '%s\n' "$*" >&2; }

fail() { say "$*"; exit 1; }

find_python() {
    for python in ${PYTHON:-} python3 python3.11 python3.12 python3.13; do
        if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            return 0
        fi
    done
    fail "Python 3.11, 3.12 or 3.13 is needed and was not found (PYTHON=/path/to/python3 names one)."
}

make_venv() {
    find_python
    say "Making .venv with $("$python" --version) ..."
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "'$python -m venv' does not work here. On Debian and Ubuntu: apt-get install python3-venv"
    "$python" -m venv --clear .venv || fail "$PWD/.venv could not be made; the reason is above."
}

has_pip() { .venv/bin/python -m pip --version >/dev/null 2>&1; }

# In the checkout of another user, or on a disk that can only be read, pip would say so in thirty lines.
require_writable() {
    place=.venv
    [ -e .venv ] || place=.
    [ -w "$place" ] ||
        fail "$(cd "$place" && pwd) cannot be changed by $(id -un), and packages are missing there:" \
            "copy the project to a folder of your own, and start it there."
}

# The stamp is a copy of the file, written after the last step: an interrupted installation begins again.
ready_venv() {
    stamp=".venv/installed-$1"
    if has_pip && cmp -s "$1" "$stamp"; then
        return 0
    fi
    require_writable
    has_pip || make_venv
    say "Installing the packages of $1; the first time this takes a minute ..."
    .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$1" ||
        fail "The packages of $1 could not be installed; the reason is above."
    cp "$1" "$stamp"
}
