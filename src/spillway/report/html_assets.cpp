// The page's own styles and scripts: one file a concern, joined in the order they build on each other.

#include <initializer_list>
#include <string>

#include "spillway/report/html_parts.h"

namespace spillway::embedded {
extern const char page_base_css[], page_tables_css[], page_explore_css[], page_explain_css[], page_print_css[];
extern const char page_format_js[], page_data_js[], page_dom_js[], page_frame_js[], page_tables_js[], page_cells_js[],
    page_search_js[], page_charts_js[], page_plots_js[], page_plots_deal_js[], page_explore_js[], page_flows_js[], page_strats_js[], page_crosstab_js[],
    page_formula_js[], page_explain_js[], page_explain_prices_js[], page_explain_periods_js[], page_explain_tables_js[],
    page_explain_strats_js[], page_explain_losses_js[], page_explain_runs_js[], page_explain_loans_js[], page_start_js[];
}  // namespace spillway::embedded

namespace spillway::report {

namespace {

std::string joined(std::initializer_list<const char*> parts) {
  std::string all;
  for (const char* part : parts) all.append(part).append("\n");
  return all;
}

}  // namespace

std::string page_styles() {
  using namespace embedded;
  return joined({page_base_css, page_tables_css, page_explore_css, page_explain_css, page_print_css});
}

std::string page_scripts() {
  using namespace embedded;
  // One function around all of them: nothing of the page's own becomes a global.
  return joined({"'use strict';\n(() => {", page_format_js, page_data_js, page_dom_js, page_frame_js, page_tables_js, page_cells_js,
                 page_search_js, page_charts_js, page_plots_js, page_plots_deal_js, page_explore_js, page_flows_js, page_strats_js, page_crosstab_js,
                 page_formula_js, page_explain_js, page_explain_prices_js, page_explain_periods_js, page_explain_tables_js,
                 page_explain_strats_js, page_explain_losses_js, page_explain_runs_js, page_explain_loans_js, page_start_js, "})();"});
}

}  // namespace spillway::report
