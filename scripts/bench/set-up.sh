#!/bin/sh
# Installs what `npm run bench` compares with, on Debian: Python with requests, and perf, which counts instructions.
set -eu
apt-get update -q
apt-get install -y -q --no-install-recommends python3 python3-requests linux-perf
