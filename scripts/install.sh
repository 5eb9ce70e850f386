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

echo "Installing into $venv ..."
# --no-deps: the file pins everything, and an old pip stumbles over hashes without it.
pinned="--quiet --require-hashes --no-deps"
pip="$own -m pip --disable-pip-version-check"
# Registries and certificates as the system has them, as pip does.
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
with_uv() {
    uv=$(command -v uv) || { $pip install $pinned -r requirements-uv.txt && uv=$venv/bin/uv; } || return 1
    "$uv" pip install $pinned --python "$own" -r "$requirements"
}
with_uv || {
    echo "uv did not work out; installing with pip, which takes a minute or two" >&2
    $pip install $pinned -r "$requirements"
}

# The checkout itself, without a build step that would need more packages: a path file, and the
# command as a script.
site=$("$own" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd > "$site/quotesieve_checkout.pth"
printf '#!/bin/sh\nexec "%s/bin/python" -m quotesieve "$@"\n' "$(cd "$venv" && pwd)" > "$venv/bin/quotesieve"
chmod +x "$venv/bin/quotesieve"
