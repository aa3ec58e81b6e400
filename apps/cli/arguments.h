#pragma once
// What main.cpp and arguments.cpp share in declaring options, and the commands that arguments.cpp declares.

#include <CLI/CLI.hpp>

#include <functional>
#include <vector>

#include "commands.h"

namespace spillway::cli {

CLI::App* add_command(CLI::App& app, const char* name, const char* what, const char* example);
void add_deal_options(CLI::App* command, DealOptions& options);
void add_credit_options(CLI::App* command, CreditOptions& options, bool with_rates = true);
void add_memory_option(CLI::App* command, std::string& limit);

/// CLI11's ranges let "nan" through: no comparison with it holds.
CLI::Validator finite();

/// A command, and what does it.
struct AddedCommand {
  CLI::App* command = nullptr;
  std::function<int()> run;
};

struct MoreOptions {
  ShowOptions show;
  NewOptions make;
  TapeOptions tape;
  NamesOptions names;
  PathsOptions paths;
  ManOptions man;
  std::string shell;
};

/// Declares show, new, tape, names, paths, completion and man. The app and the options must outlive what is returned.
std::vector<AddedCommand> add_more_commands(CLI::App& app, MoreOptions& options);

}  // namespace spillway::cli
