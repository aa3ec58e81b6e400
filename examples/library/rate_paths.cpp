// Many rate paths over one pool: how far apart its interest may come. Run it from the project's folder.

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <vector>

#include "spillway/collateral/project.h"
#include "spillway/io/load.h"

int main() {
  const auto loaded = spillway::io::load_inputs("examples/impac-2003-12/deal.yaml");
  if (!loaded.inputs) return 2;
  const auto& pricing = *loaded.inputs->scenario("pricing");
  std::vector<spillway::rates::IndexPaths> paths;
  for (int step = -20; step <= 20; ++step) paths.push_back(pricing.indices.shifted(step * 0.0005));
  std::vector<double> interest;
  spillway::collateral::project_paths(loaded.inputs->pool, pricing.assumptions, paths, loaded.inputs->collateral,
                                      [&](std::size_t, const auto flows) {
    for (const auto& path : flows) {
      const std::vector<double>& monthly = path.total.gross_interest;
      interest.push_back(std::accumulate(monthly.begin(), monthly.end(), 0.0));
    }
  });
  const auto [least, most] = std::minmax_element(interest.begin(), interest.end());
  std::printf("%zu paths: interest of $%.0fm to $%.0fm\n", interest.size(), *least / 1e6, *most / 1e6);
}
