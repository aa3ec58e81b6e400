#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/published.h"
#include "spillway/report/report.h"

namespace spillway::cli {

int tieout(const TieOutOptions& options) {
  const io::Loaded loaded = load(options, io::TapeUse::book);
  const std::filesystem::path folder =
      !options.published.empty()
          ? std::filesystem::path(options.published)
          : std::filesystem::path(options.deal).parent_path() /
                (loaded.definition.published_folder.empty() ? "published" : loaded.definition.published_folder);
  const auto record = io::read_published(folder);
  print_issues(record.issues);
  if (!loaded.inputs || !record.ok()) return kInputProblem;
  const auto made = engine::run_book(*loaded.inputs, {options.threads, false});
  print_issues(made.issues);
  if (!made.ok()) return kInputProblem;

  std::vector<spillway::tieout::TableTieOut> tables;
  for (const auto& [known, published] : record->tables) {
    const auto computed = std::find_if(made->data_tables.begin(), made->data_tables.end(),
                                       [&](const auto& table) { return table.name == known.computed; });
    const table::Table none;
    tables.push_back(spillway::tieout::compare(known, published, computed == made->data_tables.end() ? none : *computed,
                                               record->corrections));
  }
  std::string shown;
  if (options.json) {
    shown = report::to_json(tables);
  } else {
    shown = report::to_text(spillway::tieout::summary(tables));
    if (options.misses) shown += "\n" + report::to_text(spillway::tieout::misses(tables));
  }
  std::fwrite(shown.data(), 1, shown.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
