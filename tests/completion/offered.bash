# Reads command lines, and prints what bash offers at the end of each, sorted, on a line.
. "./$1"
while IFS= read -r line; do
  read -ra COMP_WORDS <<<"$line"
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _fleetmeter
  printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd' '
done
