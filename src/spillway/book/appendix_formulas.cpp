#include "spillway/book/formula_lists.h"

namespace spillway::book {

namespace {

constexpr std::string_view kScenarios = "docs/scenarios.md";
constexpr std::string_view kCredit = "docs/formulas/credit.md";

// What a book assumes is read off its files, not figured.
constexpr Formula kFormulas[] = {
    {"scenarios", "*", "As the scenario file states it.", "", kScenarios, ""},
    {"prepayment_curves", "*", "As the scenario file states it, a row a month where it changes.", "", "docs/formulas/prepayment.md", ""},
    {"assumed_terms", "*", "Terms that the scenario puts in place of the tape's.", "", kScenarios, ""},
    {"credit_terms", "*", "As the scenario file states it.", "", kCredit, ""},
    {"credit_curves", "*", "As the scenario file states it, a row a month where it changes.", "", kCredit, ""},
    {"index_paths", "shocked_pct", "The index with the scenario's shock.", "rate + shock, from the shock's date on", kScenarios, ""},
    {"index_paths", "*", "As the scenario file or the curve it names states it.", "", kScenarios, ""},
    {"hedges", "*", "As the file of the deal's hedges states it.", "", "docs/formulas/hedges.md", ""},
    {"runs", "periods", "Payment dates of the run, the last one that of the call or of the last loan.", "", "docs/outputs.md", ""},
    {"runs", "call_period", "Period in which the call was exercised.", "first k whose call condition holds", "docs/deal-format.md", ""},
    {"runs", "*", "What was run: a scenario at one of its speeds, to call or to maturity.", "", kScenarios, ""},
    {"conventions", "*", "How the numbers of this deal are figured.", "", "docs/conventions.md", ""},
};

}  // namespace

std::span<const Formula> appendix_formulas() { return kFormulas; }

}  // namespace spillway::book
