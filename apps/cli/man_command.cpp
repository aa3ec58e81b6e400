#include <cstdio>

#include "man_page.h"
#include "messages.h"
#include "spillway/io/files.h"

namespace spillway::cli {

int man(const ProgramText& program, const ManOptions& options) {
  if (!options.out.empty()) {
    std::vector<std::pair<std::string, std::string>> files{{"spillway.1", main_page(program)}};
    for (const CommandText& command : program.commands) {
      files.emplace_back("spillway-" + command.name + ".1", command_page(command));
    }
    const auto issues = io::write_files(options.out, files);
    print_issues(issues);
    return result::has_errors(issues) ? kInputProblem : kDone;
  }
  const CommandText* command = program.find(options.command);
  if (command == nullptr && !options.command.empty()) {
    std::vector<std::string> names;
    for (const CommandText& known : program.commands) names.push_back(known.name);
    print_issues({result::error({}, "no command is called " + options.command, result::suggestion(options.command, names))});
    return kInputProblem;
  }
  const std::string page = command != nullptr ? command_page(*command) : main_page(program);
  std::fwrite(page.data(), 1, page.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
