# Reads command lines, and prints what zsh offers at the end of each, sorted, on a line. A zsh at a
# terminal of its own lists the matches, as it does for the tab key.
zmodload zsh/zpty
lines=("${(@f)$(cat)}")
zpty shell zsh -f -i
send() { zpty -w shell "$1"; }
await() {
  local chunk all=
  while zpty -r shell chunk; do
    all+=$chunk
    [[ $all == *"$1"* ]] && break
  done
  REPLY=$all
}
send "unset zle_bracketed_paste; PS1= PS2= RPS1=; stty -echo; LISTMAX=1000; setopt no_beep"
send "autoload -U compinit; compinit -u -D; source ./$1"
# In place of listing and inserting, each match is printed.
send 'compadd() {
  local -a words; local i
  if [[ ${@[(I)-O|-A|-D]} -gt 0 ]]; then builtin compadd "$@"; return; fi
  builtin compadd -O words "$@"
  for i in $words; do print -r -- "M<${i%/}>" >>|matches; done
  builtin compadd "$@"
}'
send 'zle -C offer complete-word _main_complete'
send 'offered() { : >|matches; zle offer; BUFFER=; print -r -- "DO""NE"; zle -I }; zle -N offered'
send 'bindkey "^X" offered; print REA""DY'
await READY
for line in $lines; do
  zpty -w -n shell "$line"$'\C-x'
  await DONE
  print -r -- ${(j: :)${(ou)${(f)"$(sed -n 's/^M<\(.*\)>$/\1/p' matches)"}}}
done
zpty -d shell
