#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace spillway::cli {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

}  // namespace

bool is_terminal(std::FILE* stream) { return isatty(fileno(stream)) == 1 && environment("TERM") != "dumb"; }

std::size_t terminal_width(std::FILE* stream) {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kUsual;
}

bool wants_color(const std::string& mode) {
  if (mode != "auto") return mode == "always";
  return is_terminal(stdout) && environment("NO_COLOR").empty();
}

std::string on_terminal(const table::Table& table) { return report::to_text(table, layout_of("auto", false)); }

report::TextLayout layout_of(const std::string& color_mode, bool wide) {
  const bool cut = !wide && isatty(STDOUT_FILENO) == 1;
  return {cut ? terminal_width(stdout) : 0, wants_color(color_mode)};
}

}  // namespace spillway::cli
