#include "cli/complete.hpp"
#include "cli/description.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

// The scripts know nothing of the command line. They hand its words to `fleetmeter complete`, which
// answers with a word a line, behind a tab what it means, and at the end perhaps `:files` or
// `:folders`. So all shells offer the same, and what the store holds.

constexpr const char* kBash = R"sh(# fleetmeter completion for bash: source this, or put it into
# /usr/share/bash-completion/completions/fleetmeter
_fleetmeter() {
  local IFS=$'\n' i line word places=
  local -a words=()
  COMPREPLY=()
  # bash takes --by=region apart at the =; here it is one word.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == = && $word == --* ]]; then
      word+="="
    elif [[ ${COMP_WORDS[i - 1]} == = && $word == --*= ]]; then
      word+=${COMP_WORDS[i]}
    else
      ((i == 1)) || words+=("$word")
      word=${COMP_WORDS[i]}
    fi
  done
  while IFS= read -r line; do
    case $line in
      :files) places=-f ;;
      :folders) places=-d ;;
      *)
        line=${line%%$'\t'*}
        [[ $line != *[!A-Za-z0-9_.,:/=+@%-]* ]] || printf -v line %q "$line"
        COMPREPLY+=("$line")
        ;;
    esac
  done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" "$word" 2>/dev/null)
  # Of --by=region, bash wants what stands behind the =.
  if [[ $word == --*=* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${word%%=*}="}")
    word=${word#*=}
  fi
  if [[ -n $places ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen $places -- "$word"))
  fi
}
complete -F _fleetmeter fleetmeter
)sh";

constexpr const char* kZsh = R"sh(#compdef fleetmeter
# fleetmeter completion for zsh: put it into a folder of $fpath as _fleetmeter
_fleetmeter() {
  local line places
  local -a offered given
  given=("${(@Q)words[2,CURRENT]}")
  for line in "${(@f)$("${(Q)words[1]}" complete -- "${given[@]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) places=files ;;
      :folders) places=folders ;;
      *) offered+=("${${line%%$'\t'*}//:/\\:}:${${line#*$'\t'}:-}") ;;
    esac
  done
  (( $#offered )) && _describe -V fleetmeter offered
  [[ $places == files ]] && _files
  [[ $places == folders ]] && _path_files -/
}
if [[ $funcstack[1] == _fleetmeter ]]; then
  _fleetmeter "$@"
else
  compdef _fleetmeter fleetmeter
fi
)sh";

constexpr const char* kFish = R"sh(# fleetmeter completion for fish: put it into
# ~/.config/fish/completions/fleetmeter.fish
function __fleetmeter_complete
  set -l given (commandline -opc) (commandline -ct)
  for line in ($given[1] complete -- $given[2..-1] 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path (commandline -ct)
      case :folders
        __fish_complete_directories (commandline -ct)
      case '*'
        echo $line
    end
  end
end
complete -c fleetmeter -e
complete -c fleetmeter -f -k -a '(__fleetmeter_complete)'
)sh";

}  // namespace

std::string completion_for(const std::string& shell) {
  if (shell == "bash") {
    return kBash;
  }
  if (shell == "zsh") {
    return kZsh;
  }
  if (shell == "fish") {
    return kFish;
  }
  throw Error(ErrorKind::usage, "completion: no such shell (" + printable(shell) + ")" +
                                    did_you_mean(shell, {"bash", "zsh", "fish", "man"}) +
                                    "; there are bash, zsh, fish, and man for the manual page");
}

int run_completion(const Options& options) {
  write_text(options, options.tool == "man" ? manual(describe()) : completion_for(options.tool));
  return 0;
}

}  // namespace fleetmeter::cli
