#!/bin/sh
# Sees to it that the browser tests find Chromium; where it cannot, it says why and they decide.
set -u

for name in chromium chromium-browser google-chrome google-chrome-stable; do
	command -v "$name" >/dev/null 2>&1 && exit 0
done

without() {
	echo "No Chromium: $1. Install it by hand, or go on without the browser tests."
	exit 0
}

command -v apt-get >/dev/null 2>&1 || without "there is no apt-get here to install it with"
if [ "$(id -u)" = 0 ]; then
	as_root=""
elif sudo -n true 2>/dev/null; then
	as_root="sudo -n"
else
	without "installing it with apt-get needs the rights of root"
fi

echo "Installing Chromium with apt-get"
export DEBIAN_FRONTEND=noninteractive
install="$as_root apt-get install -qq -y --no-install-recommends chromium"
$install >/dev/null 2>&1 && exit 0
$as_root apt-get update -qq
$install >/dev/null || without "apt-get could not install it"
