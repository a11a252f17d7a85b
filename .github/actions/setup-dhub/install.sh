#!/usr/bin/env bash
# Installs dhub from a release, for the steps that follow in a job: what action.yml runs, on Linux, macOS and Windows. It takes
# RELEASES, the address of the releases; DHUB_VERSION, which may be empty; ACTION_REF, what the action was asked for by; and
# from the runner RUNNER_OS, RUNNER_ARCH, RUNNER_TEMP, GITHUB_PATH and GITHUB_OUTPUT.
set -euo pipefail

fail() {
    echo "::error title=setup-dhub::$1"
    exit 1
}

case $RUNNER_OS-$RUNNER_ARCH in
# The musl builds run on every Linux, whatever its libc is.
Linux-X64) target=x86_64-unknown-linux-musl extension=.tar.gz ;;
Linux-ARM64) target=aarch64-unknown-linux-musl extension=.tar.gz ;;
macOS-X64) target=x86_64-apple-darwin extension=.tar.gz ;;
macOS-ARM64) target=aarch64-apple-darwin extension=.tar.gz ;;
Windows-X64) target=x86_64-pc-windows-msvc extension=.zip ;;
*) fail "there is no dhub for $RUNNER_OS on $RUNNER_ARCH" ;;
esac

version=${DHUB_VERSION#v}
if [ -z "$version" ] && [[ ${ACTION_REF:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]]; then
    version=${ACTION_REF#v}
fi
if [ -n "$version" ] && [[ ! $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
    fail "$version is not a version: write it like 0.2.0"
fi
files=$RELEASES/latest/download
if [ -n "$version" ]; then
    files=$RELEASES/download/v$version
fi

folder=${RUNNER_TEMP//\\//}/setup-dhub
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"

download() { # NAME: a file of the release; what is out of order for a moment is asked again
    curl --fail --silent --show-error --location --retry 5 --retry-connrefused --max-time 300 --output "$1" "$files/$1" ||
        fail "cannot download $1 from $files"
}

download SHA256SUMS
# The one line of this target also says which version this is.
line=$(grep -E "^[0-9a-f]{64}  dhub-[0-9A-Za-z.-]+-$target$extension\$" SHA256SUMS || true)
archive=${line#*  }
if [ -z "$archive" ] || [ "$(wc -l <<<"$line")" -ne 1 ]; then
    fail "the release has no archive for $target"
fi
found=${archive#dhub-}
found=${found%-"$target$extension"}
if [ -n "$version" ] && [ "$found" != "$version" ]; then
    fail "the release of $version has an archive of $found"
fi

download "$archive"
if command -v sha256sum >/dev/null; then
    sum=(sha256sum)
else
    sum=(shasum --algorithm 256)
fi
printf '%s\n' "$line" | "${sum[@]}" --check >/dev/null 2>&1 || fail "$archive is not what SHA256SUMS says: it is not installed"

if [ "$extension" = .zip ]; then
    unzip -q "$archive"
else
    tar -xzf "$archive"
fi
bin=$PWD/dhub-$found-$target
"$bin/dhub" --version

# The runner reads these as the system writes paths.
if command -v cygpath >/dev/null; then
    bin=$(cygpath --windows "$bin")
fi
echo "$bin" >>"$GITHUB_PATH"
echo "version=$found" >>"$GITHUB_OUTPUT"
