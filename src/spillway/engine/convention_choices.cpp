#include "spillway/engine/assumption_tables.h"

namespace spillway::engine {

namespace {

std::string words(calendar::DayCount count) {
  switch (count) {
    case calendar::DayCount::actual_360: return "actual/360";
    case calendar::DayCount::actual_365: return "actual/365";
    case calendar::DayCount::thirty_360: return "30/360";
  }
  return "";
}

std::string words(calendar::Roll roll) {
  switch (roll) {
    case calendar::Roll::none: return "not moved";
    case calendar::Roll::following: return "following";
    case calendar::Roll::modified_following: return "modified following";
    case calendar::Roll::preceding: return "preceding";
  }
  return "";
}

std::string words(analytics::DurationConvention duration) {
  switch (duration) {
    case analytics::DurationConvention::actual_360_bey: return "actual_360_bey";
    case analytics::DurationConvention::semiannual_30_360: return "semiannual_30_360";
    case analytics::DurationConvention::margin_sensitivity: return "margin_sensitivity";
  }
  return "";
}

std::string words(collateral::FeesBeforeJoining fees) {
  switch (fees) {
    case collateral::FeesBeforeJoining::never: return "never";
    case collateral::FeesBeforeJoining::first_period: return "in the first period";
    case collateral::FeesBeforeJoining::always: return "always";
  }
  return "";
}

std::string shown(double value, const table::Format& format) {
  return table::format_cell(table::Cell(value), {"", "", "", format}, table::Style::print);
}

}  // namespace

std::map<std::string, std::string> convention_choices(const Inputs& inputs, const BookPlan::PriceDm& pricing) {
  const calendar::ScheduleTerms& terms = inputs.deal.schedule;
  std::map<std::string, std::string> made;
  made["Payment dates"] = "day " + std::to_string(terms.payment_day) + " from " + calendar::to_iso(terms.first_payment) + "; " +
                          words(terms.roll) + (inputs.business_days.name.empty() ? "" : ", " + inputs.business_days.name);
  made["Accrual periods"] = "from " + calendar::to_iso(terms.closing) +
                            (terms.adjusted_accrual ? "; between business days" : "; between nominal dates");
  made["Interest due"] = words(terms.day_count);
  if (!pricing.index.empty()) made["Index fixing"] = pricing.index;
  made["Price"] = shown(pricing.price, table::number_format(3));
  made["Discount margin"] = "settlement " + calendar::to_iso(inputs.deal.settlement);
  made["Yield"] = made["Discount margin"];
  made["Average life"] = words(pricing.conventions.average_life);
  made["Modified duration"] = words(pricing.conventions.duration);
  if (inputs.deal.has_call) {
    made["Optional call"] = inputs.deal.call_when;
    if (inputs.deal.call_part < 1.0) made["Optional call"] += "; of " + shown(inputs.deal.call_part * 100.0, table::percent_format(2));
  } else {
    made["Optional call"] = "none";
  }
  made["Fees before joining"] = words(inputs.collateral.fees_before_joining);
  return made;
}

}  // namespace spillway::engine
