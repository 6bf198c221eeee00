# Reads command lines, and prints what fish offers at the end of each, sorted, on a line.
source ./$argv[1]
while read -l line
  complete -C "$line" | string split -f1 \t | string trim -r -c / | LC_ALL=C sort | paste -sd' '
end
