#include <algorithm>
#include <array>

#include "spillway/pool/loan_tape.h"

namespace spillway::pool {

namespace {

using Kind = TapeField::Kind;
using Numbers = std::vector<double> LoanTape::*;
using Texts = TextColumn LoanTape::*;
using Dates = std::vector<calendar::Date> LoanTape::*;

struct Range {
  double min, max;
};

constexpr TapeField number(std::string_view name, Numbers column, std::string_view unit, Range range,
                           std::string_view meaning) {
  return {name, Kind::number, unit, false, range.min, range.max, false, column, nullptr, nullptr, meaning};
}

constexpr TapeField whole(std::string_view name, Numbers column, std::string_view unit, Range range,
                          std::string_view meaning) {
  return {name, Kind::number, unit, false, range.min, range.max, true, column, nullptr, nullptr, meaning};
}

constexpr TapeField text(std::string_view name, Texts column, std::string_view meaning) {
  return {name, Kind::text, "", false, 0, 0, false, nullptr, column, nullptr, meaning};
}

constexpr TapeField date(std::string_view name, Dates column, std::string_view meaning) {
  return {name, Kind::date, "", false, 0, 0, false, nullptr, nullptr, column, meaning};
}

constexpr TapeField required(TapeField field) {
  field.required = true;
  return field;
}

constexpr std::string_view dollars = "dollars", percent_a_year = "percent a year", percent = "percent",
                           months = "months", days = "days";
constexpr Range money{0.01, 1e9}, rate{0, 30}, fee{0, 10}, term{1, 600}, months_or_none{0, 600}, cap{0, 100};

constexpr std::array fields{
    required(text("product", &LoanTape::product, "loan program, as named in the products file: \"2/28 LIB6M\"")),
    required(number("current_balance", &LoanTape::current_balance, dollars, money,
                    "unpaid principal balance at the cut-off date")),
    number("original_balance", &LoanTape::original_balance, dollars, money, "principal balance at origination"),
    required(number("gross_rate", &LoanTape::gross_rate, percent_a_year, rate,
                    "note rate at the cut-off date; 0 is allowed")),
    number("servicing_fee", &LoanTape::servicing_fee, percent_a_year, fee, "servicing fee; blank: the deal's rate"),
    number("master_servicing_fee", &LoanTape::master_servicing_fee, percent_a_year, fee,
           "master servicing fee; blank: the deal's rate"),
    number("trustee_fee", &LoanTape::trustee_fee, percent_a_year, fee, "trustee fee; blank: the deal's rate"),
    number("mi_premium", &LoanTape::mi_premium, percent_a_year, fee,
           "lender-paid mortgage-insurance premium; blank: the deal's rate"),
    number("mi_coverage", &LoanTape::mi_coverage, percent, {0, 100},
           "part of a claim that mortgage insurance pays; blank: 0"),
    number("net_rate", &LoanTape::net_rate, percent_a_year, {-10, 30},
           "gross rate less the four fees; compared with them, never used in their place"),
    whole("original_term", &LoanTape::original_term, months, term, "payments due from origination to maturity"),
    required(whole("remaining_term", &LoanTape::remaining_term, months, term,
                   "payments left at the cut-off date, counted on the calendar")),
    whole("amortization_term", &LoanTape::amortization_term, months, term,
          "payments left that the level payment is set for; longer than remaining_term: a balloon; blank: the same"),
    whole("age", &LoanTape::age, months, months_or_none,
          "months since origination at the cut-off date; blank: from first_payment_date, or else from the terms"),
    whole("interest_only_months", &LoanTape::interest_only_months, months, months_or_none,
          "months from origination in which only interest is due; blank: 0"),
    date("first_payment_date", &LoanTape::first_payment_date, "first due date of the loan"),
    date("first_due_date", &LoanTape::first_due_date,
         "first due date whose payment belongs to the trust; blank: that of the first period"),
    date("next_adjustment_date", &LoanTape::next_adjustment_date,
         "next date on which the rate adjusts (adjustable-rate loans)"),
    whole("months_to_roll", &LoanTape::months_to_roll, months, months_or_none,
          "months from the cut-off date to the next adjustment; blank or 0: from next_adjustment_date, or else from "
          "the product and the age"),
    text("index", &LoanTape::index,
         "index of an adjustable rate, in the words of the products file; blank: the product's"),
    number("gross_margin", &LoanTape::gross_margin, percent_a_year, {0, 30},
           "added to the index at an adjustment; every adjustable-rate loan needs one"),
    number("first_periodic_cap", &LoanTape::first_periodic_cap, percent, cap,
           "most the rate moves at the first adjustment; blank: the product's"),
    number("periodic_cap", &LoanTape::periodic_cap, percent, cap,
           "most the rate moves at a later adjustment; blank: the product's"),
    number("max_rate", &LoanTape::max_rate, percent_a_year, {0, 100},
           "highest rate over the loan's life; blank: gross rate plus the product's lifetime cap"),
    number("min_rate", &LoanTape::min_rate, percent_a_year, rate,
           "lowest rate over the loan's life; blank: the product's floor"),
    number("rate_rounding", &LoanTape::rate_rounding, percent, {0, 1},
           "a new rate is rounded to the nearest multiple of this; 0: not rounded; blank: the product's"),
    whole("reset_months", &LoanTape::reset_months, months, {0, 120},
          "months between adjustments; blank or 0: the product's"),
    whole("rate_change_lag_months", &LoanTape::rate_change_lag_months, months, {0, 12},
          "months by which a new rate is paid later than usual after an adjustment; blank: 0"),
    whole("lookback_days", &LoanTape::lookback_days, days, {0, 365},
          "days before the adjustment date on which the index is read; blank: the product's"),
    text("state", &LoanTape::state, "state of the property, two letters"),
    number("orig_ltv", &LoanTape::orig_ltv, percent, {0.01, 300}, "loan to value at origination"),
    whole("fico", &LoanTape::fico, "score", {300, 900}, "credit score of the borrower"),
    number("dti", &LoanTape::dti, percent, {0, 200}, "debt to income of the borrower"),
    text("property_type", &LoanTape::property_type, "kind of property"),
    text("purpose", &LoanTape::purpose, "purpose of the loan"),
    text("occupancy", &LoanTape::occupancy, "who lives in the property"),
    text("doc_type", &LoanTape::doc_type, "documentation program"),
    whole("prepay_penalty_months", &LoanTape::prepay_penalty_months, months, months_or_none,
          "months from origination in which a prepayment costs a penalty; 0: none"),
    text("prepay_penalty_type", &LoanTape::prepay_penalty_type, "kind of prepayment penalty: hard, soft, none"),
    text("mi_flag", &LoanTape::mi_flag, "Y if the loan has mortgage insurance, N if not"),
    text("delinquency", &LoanTape::delinquency, "payment status at the cut-off date"),
    text("loan_group", &LoanTape::loan_group,
         "loan group of the deal the loan is in: letters, digits and underscores; blank: its product's"),
    text("payment_history_12m", &LoanTape::payment_history_12m,
         "payment status of the last twelve months, one character a month"),
    whole("lien", &LoanTape::lien, "", {1, 9}, "lien position: 1 for first"),
};

}  // namespace

std::span<const TapeField> tape_fields() { return fields; }

const TapeField* find_tape_field(std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const TapeField& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace spillway::pool
