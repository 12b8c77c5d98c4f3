#!/usr/bin/env bash
# A session typed by hand, with Enter alone as the end of a line, at the listener that speaks the old dialect:
# what comes back is compared with what such a session looked like when it was in every handbook.
set -euo pipefail
here=$(dirname "$0")
answer=$(timeout 20 nc "$AMI_HOST" "$AMI_OLD_PORT" <"$here/session.txt" | tr -d '\r'; echo .)
if ! diff -u "$here/expected.txt" <(printf '%s' "${answer%.}"); then
    echo "telnet: the session did not come out as it should (- expected, + seen)" >&2
    exit 1
fi
echo "telnet: the session came out line for line"
