# Sourced by script/server and script/test: makes .venv hold exactly the pinned packages of one requirements file.

say() { printf '%s\n' "$*" >&2; }

fail() { say "$*"; exit 1; }

find_python() {
    for python in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return 0
        fi
    done
    fail "Python 3.11 or newer is needed and was not found (python3 on the PATH is older or missing; PYTHON=/path/to/python3 names one)."
}

make_venv() {
    find_python
    say "Making .venv with $("$python" --version) ..."
    if command -v uv >/dev/null; then
        "$python" -m venv --clear --without-pip .venv && return 0
    elif "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        "$python" -m venv --clear .venv && return 0
    fi
    fail "'$python -m venv' does not work here. On Debian and Ubuntu: apt-get install python3-venv"
}

install_pinned() {
    if command -v uv >/dev/null; then
        uv pip install --python .venv/bin/python --require-hashes -r "$1"
    else
        .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$1"
    fi
}

# The stamp is a copy of the file, written after the last step: an interrupted installation begins again.
ready_venv() {
    stamp=".venv/installed-$1"
    if ! .venv/bin/python -c '' 2>/dev/null; then
        make_venv
    elif cmp -s "$1" "$stamp"; then
        return 0
    elif ! command -v uv >/dev/null && ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        make_venv
    fi
    say "Installing the packages of $1; the first time this takes a minute ..."
    install_pinned "$1" || fail "The packages of $1 could not be installed; the reason stands above."
    cp "$1" "$stamp"
}
