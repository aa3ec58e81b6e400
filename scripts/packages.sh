# The Debian 12 packages Spillway needs, and how to get the missing ones. Sourced by scripts/book and scripts/test.

build_packages=(
  g++ cmake ninja-build libxlsxwriter-dev
  libquantlib0-dev libyaml-cpp-dev nlohmann-json3-dev libtbb-dev libkainjow-mustache-dev libcli11-dev libhwy-dev
  pkgconf libcairo2-dev libpango1.0-dev zlib1g-dev fonts-liberation
)
test_packages=(libgtest-dev librapidcheck-dev python3 python3-jsonschema python3-yaml)
# What scripts/test --full drives the book with: a browser, page images, a spreadsheet.
full_test_packages=(chromium chromium-driver python3-selenium poppler-utils libreoffice-calc-nogui python3-openpyxl python3-pil
                    zsh groff-base)
bench_packages=(libquantlib0-dev python3 python3-numpy python3-pandas python3-yaml)

# Debian's own compiler, CMake and python, whatever else the machine has.
export PATH=/usr/bin:/bin:$PATH

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "$(basename "$0"): packages are missing, and this is neither root nor is there sudo; as root: $*" >&2
    exit 1
  fi
}

# install_missing PACKAGE...: installs those not yet installed; no network is touched if none is missing.
install_missing() {
  local package missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    echo "== packages: all there"
    return
  fi
  echo "== packages: installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# configure_release CMAKE-OPTION...: configures build/release; ccache serves if it happens to be there.
configure_release() {
  local options=("$@")
  if command -v ccache >/dev/null; then options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  cmake --preset release "${options[@]}"
}
