#pragma once
// The commands and options of an argument parser, as words: what completion and manual pages are made of.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace spillway::cli {

struct OptionText {
  std::vector<std::string> names;     ///< "--to"; of a positional argument its one name, "deal"
  std::string what;
  std::string by_default;             ///< empty: none to speak of
  std::vector<std::string> choices;   ///< the words it takes; none: any
  bool positional = false;
  bool required = false;
  bool takes_value = true;
  bool takes_list = false;            ///< values joined by commas
  bool repeats = false;               ///< may be given several times
  bool is_number = false;
  bool is_path = false;               ///< a file or folder
  bool is_table = false;              ///< a table of the book: `spillway show --list` names them
  std::string deal_names;             ///< of the deal: classes, scenarios, speeds or paths, which `spillway names` lists; else empty
};

struct CommandText {
  std::string name;
  std::string what;
  std::string example;                ///< one line; may be empty
  std::vector<OptionText> options;    ///< positional arguments first
};

struct ProgramText {
  std::string what;
  std::vector<OptionText> options;
  std::vector<CommandText> commands;

  const CommandText* find(const std::string& command) const;
};

/// Reads the parser itself: what it takes, and what is said here, cannot differ.
ProgramText describe(const CLI::App& app);

/// A placeholder for an option's value: FILE, NUMBER, LIST, VALUE.
std::string placeholder(const OptionText& option);

}  // namespace spillway::cli
