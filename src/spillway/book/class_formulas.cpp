#include "spillway/book/formula_lists.h"

namespace spillway::book {

namespace {

constexpr std::string_view kLife = "docs/formulas/average-life-and-duration.md";
constexpr std::string_view kMargin = "docs/formulas/discount-margin.md";
constexpr std::string_view kOutputs = "docs/outputs.md";
constexpr std::string_view kDeal = "docs/deal-format.md";
constexpr std::string_view kBma = "BMA/SIFMA Standard Formulas (1999)";

constexpr std::string_view kLifeWords = "Years from settlement to each payment of principal, weighted by the principal paid.";
constexpr std::string_view kLifeSymbols = "WAL = sum P_k x years_k / sum P_k";
constexpr std::string_view kDurationWords =
    "Years to each payment, weighted by its present value at the discount margin, over one plus half the bond-equivalent yield.";
constexpr std::string_view kDurationSymbols =
    "MDUR = (sum t_k x CF_k x DF_k / sum CF_k x DF_k) / (1 + BEY / 2)";
constexpr std::string_view kWindowWords = "First and last period in which half a cent of principal or more is paid.";
constexpr std::string_view kWindowSymbols = "first k and last k with P_k >= $0.005";

constexpr Formula kFormulas[] = {
    {"class_summary", "class", "The class.", "", kDeal, ""},
    {"class_summary", "balance", "Balance of the class at closing, as the deal states it. The last row is the sum.", "", kDeal, ""},
    {"class_summary", "type", "What the deal calls the class.", "", kDeal, ""},
    {"class_summary", "wal_call", kLifeWords, kLifeSymbols, kLife, kBma},
    {"class_summary", "wal_mat", kLifeWords, kLifeSymbols, kLife, kBma},
    {"class_summary", "mdur_call", kDurationWords, kDurationSymbols, kLife, kBma},
    {"class_summary", "mdur_mat", kDurationWords, kDurationSymbols, kLife, kBma},
    {"class_summary", "window_call", kWindowWords, kWindowSymbols, kLife, ""},
    {"class_summary", "window_mat", kWindowWords, kWindowSymbols, kLife, ""},
    {"class_summary", "moodys", "Rating of the class, as the deal states it.", "", kDeal, ""},
    {"class_summary", "sp", "Rating of the class, as the deal states it.", "", kDeal, ""},
    {"class_summary", "last_scheduled", "Month of the last payment of principal if nobody prepays, to maturity.",
     "last k with P_k >= $0.005 at a speed of 0%", "docs/conventions.md", ""},

    {"credit_enhancement", "class", "The class.", "", kDeal, ""},
    {"credit_enhancement", "moodys", "Rating of the class, as the deal states it.", "", kDeal, ""},
    {"credit_enhancement", "sp", "Rating of the class, as the deal states it.", "", kDeal, ""},
    {"credit_enhancement", "subordination_pct",
     "Balances of the classes listed after this one and the overcollateralization target, taken as reached, over the pool at cut-off.",
     "100 x (sum of balances below + target) / pool at cut-off", kOutputs, ""},

    {"dm_tables", "class", "The class.", "", kDeal, ""},
    {"dm_tables", "margin_pct", "Margin of the class over its index before any step-up, as the deal states it.", "", kDeal, ""},
    {"dm_tables", "balance", "Balance of the class at closing, as the deal states it.", "", kDeal, ""},
    {"dm_tables", "scenario", "Whether the run ends with the call or goes on to maturity.", "", "docs/conventions.md", ""},
    {"dm_tables", "speed_pct", "Percent of the scenario's prepayment curves.", "", "docs/formulas/prepayment.md", ""},
    {"dm_tables", "dm_bps", "The margin over the index in discounting at which the class is worth its price.",
     "price = 100 / original balance x (sum CF_k / prod_{j<=k} (1 + (L_j + DM) x d_j / 360) - accrued)", kMargin, kBma},
    {"dm_tables", "wal", kLifeWords, kLifeSymbols, kLife, kBma},
    {"dm_tables", "mdur", kDurationWords, kDurationSymbols, kLife, kBma},
    {"dm_tables", "first_prin", "Month of the first payment of principal of half a cent or more.", "first k with P_k >= $0.005", kLife, ""},
    {"dm_tables", "last_prin", "Month of the last payment of principal of half a cent or more.", "last k with P_k >= $0.005", kLife, ""},

    {"available_rate", "period", "Payment date, counted from 1.", "", "docs/conventions.md", ""},
    {"available_rate", "available_rate_*",
     "The most interest the pool can pay the classes, as an annual rate on them: the quantity of the deal file that the schedule names.",
     "for Impac: net mortgage rate x pool / classes x 30 / days + hedge receipts / classes x 360 / days",
     "docs/formulas/available-funds-rate.md", "the deal's own document"},

    {"decrements", "class", "The class, or the label of several held together.", "", kOutputs, ""},
    {"decrements", "date", "A year from row to row, counted from settlement.", "", "docs/conventions.md", ""},
    {"decrements", "psa", "Percent of the scenario's prepayment curves.", "", "docs/formulas/prepayment.md", ""},
    {"decrements", "percent",
     "Balance after that month's payment over the original balance; in the last row the average life, weighted by declines of the balance.",
     "100 x ending balance / original balance;  WAL = sum decline_k x years_k / sum decline_k", "docs/conventions.md", kBma},

    {"yields", "class", "The class.", "", kDeal, ""},
    {"yields", "price", "Per 100 of original balance or notional, without accrued interest.", "", "docs/formulas/yield.md", ""},
    {"yields", "index_pct", "Level at which the index is held.", "", "docs/scenarios.md", ""},
    {"yields", "psa", "Percent of the scenario's prepayment curves.", "", "docs/formulas/prepayment.md", ""},
    {"yields", "yield_pct", "The rate, compounded twice a year, at which the class's cash is worth its price.",
     "price = 100 / original x (sum CF_k x (1 + y/2)^(-2 t_k) - accrued)", "docs/formulas/yield.md", kBma},
};

}  // namespace

std::span<const Formula> class_formulas() { return kFormulas; }

}  // namespace spillway::book
