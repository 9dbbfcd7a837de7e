# The report about an untouched skeleton, as far as it is worth reading.
BUILD=$(cd "$BUILD" && pwd)
echo '$ make grade LAB=02'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cp -r labs "$work"
for half in server client; do
    awk -f solutions/skeleton.awk "solutions/02-anonpipe/posix/$half.c" \
        >"$work/labs/02-anonpipe/posix/$half.c"
done
chmod -R a+rX "$work"
cd "$work" || exit 1
"$BUILD/grade" -l 02 -s 1 --plain | sed '/^  FAIL.*starts the child/,/^  FAIL.*waits without/c\  ...
/^  FAIL.*answers each/,$d'
echo '  ...'
echo '0/100'
