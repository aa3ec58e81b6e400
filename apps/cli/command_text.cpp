#include "command_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <regex>
#include <sstream>

namespace spillway::cli {

namespace {

// The words of "TEXT:{call,maturity}".
std::vector<std::string> choices_in(const std::string& type) {
  const std::size_t open = type.find('{'), close = type.find('}', open == std::string::npos ? 0 : open);
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::istringstream words(type.substr(open + 1, close - open - 1));
  for (std::string word; std::getline(words, word, ',');) choices.push_back(word);
  return choices;
}

// "Deal file (YAML)", "Folder to write to", "Market quotes (CSV) of the curve": what stands first says what the value is.
bool says_path(const std::string& what) {
  static const std::regex path(R"(^(Folder|File|Deal|[A-Z][a-z]+ file\b|[A-Z][a-z]+ [a-z]+ \((CSV|YAML)\)).*)");
  return std::regex_match(what, path);
}

// What of a deal an option names.
std::string deal_names(const std::string& command, const std::string& option) {
  if (option == "--scenario") return "scenarios";
  if (option == "--class") return "classes";
  if (option == "--speed") return "speeds";
  return command == "explain" && option == "path" ? "paths" : "";
}

OptionText describe_option(const CLI::Option& option) {
  OptionText made;
  made.positional = option.get_positional() && option.get_lnames().empty() && option.get_snames().empty();
  for (const std::string& name : option.get_snames()) made.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) made.names.push_back("--" + name);
  if (made.positional) made.names = {option.get_single_name()};
  made.what = option.get_description();
  made.required = option.get_required();
  made.takes_value = made.positional || option.get_items_expected_max() > 0;
  const std::string type = option.get_type_name();
  made.choices = made.takes_value ? choices_in(type) : std::vector<std::string>{};
  made.takes_list = option.get_delimiter() == ',';
  made.repeats = made.takes_value && !made.takes_list && option.get_items_expected_max() > 1;
  made.is_number = type.starts_with("FLOAT") || type.starts_with("INT") || type.starts_with("UINT");
  made.is_path = made.takes_value && !made.is_number && made.choices.empty() && says_path(made.what);
  made.by_default = option.get_default_str();
  return made;
}

std::vector<OptionText> describe_options(const CLI::App& app) {
  std::vector<OptionText> options;
  for (const CLI::Option* option : app.get_options({})) options.push_back(describe_option(*option));
  std::stable_partition(options.begin(), options.end(), [](const OptionText& option) { return option.positional; });
  return options;
}

CommandText describe_command(const CLI::App& command) {
  CommandText made{command.get_name(), command.get_description(), {}, describe_options(command)};
  std::istringstream lines(command.get_footer());
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("  ")) made.example = line.substr(2);
  }
  for (OptionText& option : made.options) {
    option.is_table = made.name == "show" && option.names.front() == "table";
    option.deal_names = deal_names(made.name, option.names.front());
  }
  return made;
}

}  // namespace

const CommandText* ProgramText::find(const std::string& command) const {
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const auto& text) { return text.name == command; });
  return found == commands.end() ? nullptr : &*found;
}

ProgramText describe(const CLI::App& app) {
  ProgramText made{app.get_description(), describe_options(app), {}};
  for (const CLI::App* command : app.get_subcommands({})) made.commands.push_back(describe_command(*command));
  return made;
}

std::string placeholder(const OptionText& option) {
  if (option.is_path) return option.what.starts_with("Folder") ? "FOLDER" : "FILE";
  if (option.takes_list) return "LIST";
  return option.is_number ? "NUMBER" : "VALUE";
}

}  // namespace spillway::cli
