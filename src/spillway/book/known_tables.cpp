#include "spillway/book/known_tables.h"

namespace spillway::book {

namespace {

constexpr KnownTable kTables[] = {
    {"class_summary", "front page: balances, lives, durations, windows, ratings"},
    {"credit_enhancement", "subordination below each class"},
    {"dm_tables", "price-DM sensitivity by class, end and speed"},
    {"decrements", "percent of original balances outstanding, by year and speed"},
    {"yields", "yields by index level and speed"},
    {"available_rate", "available rate schedule"},
    {"loss_grid", "classes under defaults and severities"},
    {"break_evens", "the default rate each class bears"},
    {"credit_schedule", "credit enhancement and excess spread by period"},
    {"triggers", "trigger status by period"},
    {"collateral_losses", "the pool's losses by period"},
    {"residual", "cash of the residual payee by period"},
    {"pool_summary", "summary of the loans"},
    {"strats", "stratification tables"},
    {"scenarios", "what each scenario assumes"},
    {"prepayment_curves", "prepayment by scenario and loan group"},
    {"assumed_terms", "terms in place of the tape's"},
    {"credit_terms", "defaults and losses by scenario"},
    {"credit_curves", "defaults, severities and late loans by scenario"},
    {"index_paths", "what each index is on each date"},
    {"hedges", "the trust's swaps"},
    {"runs", "the runs behind the tables"},
    {"conventions", "how each number is computed"},
};

}  // namespace

std::span<const KnownTable> known_tables() { return kTables; }

}  // namespace spillway::book
