#include "compare_sides.h"

#include <charconv>
#include <filesystem>

#include "credit_options.h"
#include "messages.h"
#include "spillway/io/book_reader.h"
#include "spillway/io/files.h"

namespace spillway::cli {

namespace {

namespace fs = std::filesystem;

// "out/a@pricing:150:maturity" in its parts.
struct Target {
  std::string path;
  std::string scenario, speed, to;
};

Target target_of(const std::string& named, std::vector<result::Issue>& problems) {
  std::error_code failed;
  const std::size_t at = named.rfind('@');
  if (at == std::string::npos || fs::exists(named, failed)) return {named, {}, {}, {}};
  Target made{named.substr(0, at), {}, {}, {}};
  std::string* const fields[] = {&made.scenario, &made.speed, &made.to};
  std::size_t from = at + 1;
  for (std::size_t f = 0; f < std::size(fields) && from <= named.size(); ++f) {
    const std::size_t end = std::min(named.find(':', from), named.size());
    *fields[f] = named.substr(from, end - from);
    from = end + 1;
  }
  if (from <= named.size()) {
    problems.push_back(result::error({named, 0, 0}, "there is more after the @ than a run", "write DEAL@SCENARIO:SPEED:TO, as in deal.yaml@pricing:150:call"));
  }
  return made;
}

std::optional<double> speed_of(const std::string& text) {
  constexpr double kMost = 10000.0;
  const std::string number = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
  double value = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || !(value >= 0.0 && value <= kMost)) return std::nullopt;
  return value / 100.0;
}

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

class SideReader {
 public:
  SideReader(const std::string& named, const CompareOptions& options) : named_(named), options_(options) {}

  BookSide read() {
    target_ = target_of(named_, made_.problems);
    made_.label = target_.path;
    std::error_code failed;
    if (fs::is_directory(target_.path, failed)) read_folder();
    else read_deal();
    return std::move(made_);
  }

 private:
  bool wants_cells() const { return options_.only != "attribution"; }
  bool wants_run() const { return options_.only != "cells"; }

  void fail(std::vector<result::Issue>& issues, std::string what, std::string remedy) {
    issues.push_back(result::error({named_, 0, 0}, std::move(what), std::move(remedy)));
  }

  void read_deal() {
    DealOptions deal = options_;
    deal.deal = target_.path;
    io::Loaded loaded = load(deal, io::TapeUse::compare);
    made_.is_refused = !loaded.inputs;
    if (!loaded.inputs) return;
    if (wants_cells()) {
      auto book = engine::run_book(*loaded.inputs, {options_.threads, false});
      result::append(made_.problems, std::move(book.issues));
      if (!book.ok()) return;
      made_.tables = std::move(book->data_tables);
    }
    if (wants_run()) choose_run(std::move(loaded));
  }

  void read_folder() {
    const fs::path folder = target_.path;
    if (wants_cells()) {
      const fs::path file = folder / "book.json";
      auto text = io::read_file(file);
      result::append(made_.problems, std::move(text.issues));
      if (text.ok()) {
        auto book = io::read_book(*text, file.string());
        result::append(made_.problems, std::move(book.issues));
        if (book.ok()) made_.tables = std::move(book->tables);
      }
    }
    if (wants_run()) find_deal(folder);
  }

  // The deal that the book in a folder was made from, if it is still what it was.
  void find_deal(const fs::path& folder) {
    const fs::path file = folder / "run.json";
    auto text = io::read_file(file);
    result::append(made_.no_run, std::move(text.issues));
    if (!text.ok()) return;
    auto made_from = io::read_made_from(*text, file.string());
    result::append(made_.no_run, std::move(made_from.issues));
    if (!made_from.ok()) return;
    if (made_from->version != kVersion) {
      made_.notes.push_back(target_.path + " was written by version " + made_from->version + ", its runs are made by " + kVersion);
    }
    auto deal = io::unchanged_deal(*made_from, folder);
    result::append(made_.no_run, std::move(deal.issues));
    if (!deal.ok()) return;
    DealOptions wanted = options_;
    wanted.deal = deal->string();
    io::Loaded loaded = load(wanted, io::TapeUse::compare);
    if (!loaded.inputs) return fail(made_.no_run, "the deal it was made from cannot be run: " + wanted.deal, {});
    choose_run(std::move(loaded));
  }

  void choose_run(io::Loaded loaded) {
    engine::RunRequest request;
    std::vector<result::Issue> found;
    request.scenario = scenario_of(target_.scenario, {price_scenario(*loaded.inputs)}, *loaded.inputs, found);
    for (result::Issue& issue : found) issue.where.file = named_;
    // What was asked for and is not there stops the command; a run that cannot be guessed only leaves the attribution out.
    result::append(target_.scenario.empty() ? made_.no_run : made_.problems, std::move(found));
    const auto speed = target_.speed.empty() ? 1.0 : speed_of(target_.speed);
    if (!speed) fail(made_.problems, "'" + target_.speed + "' is not a speed", "write percent of the prepayment curves, as in 150");
    const std::string to = target_.to.empty() ? "call" : target_.to;
    if (to != "call" && to != "maturity") fail(made_.problems, "a run is to call or maturity, not to " + to, "write call or maturity");
    if (request.scenario.empty() || !speed) return;
    request.speed = *speed;
    request.to_call = to == "call";
    made_.label += ": " + request.scenario + " at " + short_number(request.speed * 100.0) + "% to " + to;
    made_.run.emplace(compare::Side{std::move(*loaded.inputs), std::move(loaded.definition), request});
  }

  const std::string& named_;
  const CompareOptions& options_;
  Target target_;
  BookSide made_;
};

}  // namespace

BookSide read_side(const std::string& named, const CompareOptions& options) { return SideReader(named, options).read(); }

}  // namespace spillway::cli
