#include "completion.h"

namespace spillway::cli {

namespace {

// A text within single quotes of an _arguments specification.
std::string quoted(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\'') out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\') out += std::string("\\") + c;
    else out += c;
  }
  return out;
}

std::string words_of(const OptionText& option) {
  std::string words;
  for (const std::string& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
  return words;
}

constexpr const char* kNames = R"zsh(# Classes, scenarios, speeds or paths of the deal on the line.
_spillway_names() {
  local kind=$1 deal= word
  local -a names more parts
  for word in ${(Q)words}; do [[ $word == *.(yaml|yml) && -f $word ]] && { deal=$word; break; }; done
  [[ -z $deal && -f deal.yaml ]] && deal=deal.yaml
  [[ -n $deal ]] || return 1
  if [[ $kind == speeds ]]; then
    local at=${words[(I)--scenario]}
    (( at )) && more=(--scenario ${(Q)words[at + 1]})
  fi
  names=(${(f)"$(${_spillway_program} names $kind $deal ${(Q)PREFIX} $more 2>/dev/null)"})
  parts=(${(M)names:#*/})
  (( $#parts )) && compadd -S '' -a parts
  names=(${names:#*/})
  (( $#names )) && compadd ${@[2,-1]} -a names
}

)zsh";

// What completes a value: the part after the last colon of a specification.
std::string action(const OptionText& option) {
  if (option.is_table) return "_spillway_tables";
  if (!option.deal_names.empty()) {
    const std::string names = "_spillway_names " + option.deal_names;
    return option.takes_list ? "{_sequence " + names + " -}" : "{" + names + "}";
  }
  if (option.is_path) return "_files";
  if (option.choices.empty()) return " ";
  return option.takes_list ? "_values -s , value " + words_of(option) : "(" + words_of(option) + ")";
}

std::string specification(const OptionText& option, const std::string& name) {
  std::string text = "'";
  if (option.positional) return text + (option.required ? ":" : "::") + name + ":" + action(option) + "'";
  if (option.repeats) text += "*";
  text += name + "[" + quoted(option.what) + "]";
  if (option.takes_value) text += ":" + placeholder(option) + ":" + action(option);
  return text + "'";
}

std::string command_function(const CommandText& command) {
  std::string text = "    " + command.name + ")\n      _arguments";
  for (const OptionText& option : command.options) {
    for (const std::string& name : option.names) text += " \\\n        " + specification(option, name);
  }
  return text + " ;;\n";
}

}  // namespace

std::string zsh_completion(const ProgramText& program) {
  std::string text = "#compdef spillway\n# zsh completion for spillway, made by: spillway completion zsh\n\n";
  text += "_spillway_tables() {\n  local -a tables\n"
          "  tables=(${(f)\"$(${_spillway_program} show --list --format csv 2>/dev/null | sed -n '2,$s/,.*//p')\"})\n"
          "  compadd -a tables\n}\n\n";
  text += kNames;
  text += "_spillway() {\n  local curcontext=$curcontext state line _spillway_program=$words[1]\n  local -a commands\n  commands=(\n";
  for (const CommandText& command : program.commands) text += "    '" + command.name + ":" + quoted(command.what) + "'\n";
  text += "  )\n  _arguments -C";
  for (const OptionText& option : program.options) {
    for (const std::string& name : option.names) text += " \\\n    " + specification(option, name);
  }
  text += " \\\n    '1: :->command' '*:: :->arguments'\n";
  text += "  case $state in\n  command) _describe -t commands 'command' commands ;;\n  arguments)\n    case $line[1] in\n";
  for (const CommandText& command : program.commands) text += command_function(command);
  text += "    esac ;;\n  esac\n}\n\n";
  // Sourced, or called as the function of its file.
  return text + "if [ \"$funcstack[1]\" = _spillway ]; then _spillway \"$@\"; else compdef _spillway spillway; fi\n";
}

}  // namespace spillway::cli
