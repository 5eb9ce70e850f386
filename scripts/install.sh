#!/bin/sh
# Make a virtual environment and install pinned requirements: with uv, or with pip where uv is not to be had.
# usage: PYTHON=python3 sh scripts/install.sh VENV REQUIREMENTS
set -eu
venv=$1
requirements=$2
python=${PYTHON:-python3}
own=$venv/bin/python

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
    echo "Quotesieve needs Python 3.11 to 3.13; this is $("$python" --version 2>&1). Try: make PYTHON=python3.12" >&2
    exit 1
}
[ -x "$own" ] || "$python" -m venv "$venv" || {
    echo "Could not make $venv. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
}

# --no-deps: the file pins everything, and an old pip stumbles over hashes without it.
pinned="--quiet --require-hashes --no-deps"
pip="$own -m pip --disable-pip-version-check"
if command -v uv >/dev/null 2>&1; then
    uv pip install $pinned --python "$own" -r "$requirements"
elif $pip install $pinned -r requirements-uv.txt 2>/dev/null; then
    "$venv/bin/uv" pip install $pinned --python "$own" -r "$requirements"
else
    $pip install $pinned -r "$requirements"
fi

# The checkout itself, without a build step that would need more packages: a path file, and the
# command as a script.
site=$("$own" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd > "$site/quotesieve_checkout.pth"
printf '#!/bin/sh\nexec "%s/bin/python" -m quotesieve "$@"\n' "$(cd "$venv" && pwd)" > "$venv/bin/quotesieve"
chmod +x "$venv/bin/quotesieve"
