#include "completion.h"

#include <cstdio>

#include "commands.h"

namespace spillway::cli {

namespace {

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

// What follows an option, as the value of a case branch.
std::string bash_value(const OptionText& option) {
  if (!option.choices.empty()) {
    return std::string(option.takes_list ? "_spillway_list" : "_spillway_words") + " \"" + joined(option.choices, " ") + "\"";
  }
  if (!option.deal_names.empty()) return "_spillway_names " + option.deal_names + (option.takes_list ? " list" : "");
  return option.is_path ? "_spillway_files" : ":";
}

std::string bash_command(const CommandText& command) {
  std::string values, names, positional;
  int position = 0;
  for (const OptionText& option : command.options) {
    if (option.positional) {
      ++position;
      const std::string value = option.is_table ? "_spillway_tables" : bash_value(option);
      positional += "        " + std::to_string(position) + ") " + value + " ;;\n";
      continue;
    }
    for (const std::string& name : option.names) names += (names.empty() ? "" : " ") + name;
    if (option.takes_value) values += "        " + joined(option.names, "|") + ") " + bash_value(option) + "; return ;;\n";
  }
  std::string text = "    " + command.name + ")\n      case \"$option\" in\n" + values + "      esac\n";
  text += "      if [[ $cur == -* ]]; then _spillway_words \"" + names + "\"; return; fi\n";
  text += "      case $((given + 1)) in\n" + positional + "      esac ;;\n";
  return text;
}

// Options that take a value, of every command: the word after one is no positional argument.
std::string value_options(const ProgramText& program) {
  std::string text;
  for (const CommandText& command : program.commands) {
    for (const OptionText& option : command.options) {
      if (option.positional || !option.takes_value) continue;
      for (const std::string& name : option.names) {
        const std::string entry = "    " + command.name + ":" + name + ") return 0 ;;\n";
        if (text.find(entry) == std::string::npos) text += entry;
      }
    }
  }
  return text;
}

constexpr const char* kBashStart = R"bash(# bash completion for spillway, made by: spillway completion bash
_spillway_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }

# Words joined by commas: completes the last one.
_spillway_list() {
  local before=
  [[ $cur == *,* ]] && before=${cur%,*},
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "${cur##*,}"))
  compopt -o nospace 2>/dev/null
}

_spillway_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\n'
  COMPREPLY=($(compgen -f -- "$cur"))
}

# The deal file on the line.
_spillway_deal() {
  local word
  for word in "${COMP_WORDS[@]:1}"; do
    if [[ $word == *.y?(a)ml && -f $word ]]; then printf '%s' "$word"; return; fi
  done
  [[ -f deal.yaml ]] && printf deal.yaml
}

# Classes, scenarios, speeds or paths of the deal; with "list", the last of words joined by commas. Names are data: nothing in
# them is expanded.
_spillway_names() {
  local kind=$1 before= start=${cur//\\/} deal name i
  local -a more=()
  deal=$(_spillway_deal)
  [[ -n $deal ]] || return
  if [[ $2 == list && $start == *,* ]]; then before=${start%,*},; start=${start##*,}; fi
  if [[ $kind == speeds ]]; then
    for ((i = 1; i < COMP_CWORD; ++i)); do
      [[ ${COMP_WORDS[i]} == --scenario ]] || continue
      if [[ ${COMP_WORDS[i + 1]} == '=' ]]; then more=(--scenario "${COMP_WORDS[i + 2]}"); else more=(--scenario "${COMP_WORDS[i + 1]}"); fi
    done
  fi
  while IFS= read -r name; do
    printf -v name %q "$before$name"
    [[ $before$name == *,* ]] && name=${name//\\,/,}
    COMPREPLY+=("$name")
  done < <("${COMP_WORDS[0]}" names "$kind" "$deal" "$start" "${more[@]}" 2>/dev/null)
  [[ $2 == list || ${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
}

_spillway_tables() {
  _spillway_words "$("${COMP_WORDS[0]}" show --list --format csv 2>/dev/null | sed -n '2,$s/,.*//p')"
}

)bash";

constexpr const char* kBashWalk = R"bash(
_spillway() {
  local cur=${COMP_WORDS[COMP_CWORD]} command= option= given=0 i word
  COMPREPLY=()
  [[ $cur == '=' ]] && cur=
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then continue; fi
    if [[ -z $command ]]; then [[ $word == -* ]] || command=$word; continue; fi
    if [[ -n $option ]]; then option=; continue; fi
    if [[ $word == -* ]]; then _spillway_takes_value "$command:$word" && option=$word; continue; fi
    given=$((given + 1))
  done
  case "$command" in
)bash";

}  // namespace

std::string bash_completion(const ProgramText& program) {
  std::string names;
  for (const CommandText& command : program.commands) names += command.name + " ";
  for (const OptionText& option : program.options) names += joined(option.names, " ") + " ";
  std::string text = kBashStart;
  text += "_spillway_takes_value() {\n  case \"$1\" in\n" + value_options(program) + "  esac\n  return 1\n}\n";
  text += kBashWalk;
  text += "    '') _spillway_words \"" + names.substr(0, names.size() - 1) + "\" ;;\n";
  for (const CommandText& command : program.commands) text += bash_command(command);
  return text + "  esac\n}\ncomplete -F _spillway spillway\n";
}

int completion(const ProgramText& program, const std::string& shell) {
  const std::string text = shell == "bash" ? bash_completion(program) : zsh_completion(program);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
