# The first stage of a hint.
echo '$ make hint ID=AP1'
"$BUILD/grade" --hint AP1
