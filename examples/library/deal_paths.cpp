// A deal along many rate paths: what the residual is paid at worst, and a class's spread over all of them. Run it from the project's folder.

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <vector>

#include "spillway/engine/run_paths.h"
#include "spillway/io/files.h"
#include "spillway/io/load.h"
#include "spillway/io/rate_paths.h"

int main() {
  const auto loaded = spillway::io::load_inputs("examples/impac-2003-12/deal.yaml");
  const auto text = spillway::io::read_file("examples/impac-2003-12/paths.csv");
  if (!loaded.inputs || !text.ok()) return 2;
  const auto& inputs = *loaded.inputs;
  const auto rates = spillway::io::read_rate_paths(*text, "paths.csv", {inputs.deal.indices, inputs.deal.schedule.closing});
  if (!rates.ok()) return 2;
  const spillway::engine::PathsRequest request{.scenario = "available_rate", .to_call = true};  // hedged

  std::vector<double> residual;
  const auto issues = spillway::engine::run_paths(inputs, request, rates->paths, [&](std::size_t, const auto& flows) {
    const std::vector<double>& paid = flows.parties.front().values;
    residual.push_back(std::accumulate(paid.begin(), paid.end(), 0.0));
  });
  spillway::book::PathTerms terms{{spillway::book::grid_subject(inputs.deal, "M-4")}, {99.5}, {}, "libor_1m"};
  const auto measures = spillway::engine::measure_paths(inputs, request, rates->paths, terms);
  if (!issues.empty() || !measures.ok()) return 2;

  std::printf("%zu paths: residual of $%.1fm at least; M-4 %.1f bp over all paths at 99.5\n", rates->paths.size(),
              *std::min_element(residual.begin(), residual.end()) / 1e6, 1e4 * measures->spread(0).value());
}
