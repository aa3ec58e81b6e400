#include <algorithm>
#include <cctype>

#include "spillway/book/tables.h"

namespace spillway::book {

namespace {

std::string anchor(const std::string& text) {
  std::string id;
  for (char c : text) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter)) id += static_cast<char>(std::tolower(letter));
    else if (!id.empty() && id.back() != '-') id += '-';
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

Section make_section(std::string title, std::string group) {
  Section section;
  section.id = anchor(title);
  section.title = std::move(title);
  section.group = std::move(group);
  return section;
}

// Several tables of the collateral pages share a page, as in the document.
constexpr std::size_t kLongTable = 18;

void add_front(Book& made, Parts& parts) {
  if (!parts.class_summary.rows.empty()) {
    Section front = make_section("Preliminary Structural Term Sheet", "Terms");
    parts.class_summary.notes = parts.document.class_notes;
    front.tables.push_back(parts.class_summary);
    front.charts = std::move(parts.class_charts);
    made.sections.push_back(std::move(front));
  }
  if (!parts.document.terms.empty()) {
    Section terms = make_section("Terms of the Bonds", "Terms");
    terms.terms = parts.document.terms;
    made.sections.push_back(std::move(terms));
  }
  if (!parts.credit_enhancement.rows.empty()) {
    Section enhancement = make_section("Credit Enhancement", "Terms");
    enhancement.tables.push_back(parts.credit_enhancement);
    enhancement.new_page = false;
    made.sections.push_back(std::move(enhancement));
  }
}

void add_price_pages(Book& made, const deal::Deal& deal, const Parts& parts) {
  if (parts.runs.empty()) return;
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    const deal::BondClass& bond = deal.classes[c];
    Section page = make_section("Class " + bond.name + ": Price-DM Sensitivity Report", "Price-DM");
    const auto shown = [](double value, const table::Format& format) {
      return table::format_cell(table::Cell(value), {"", "", "", format}, table::Style::print);
    };
    std::string facts = "Settlement " + calendar::to_iso(deal.settlement) + " · Class balance " +
                        shown(bond.original_balance, table::dollars_format());
    if (const auto margin = bond.constant("margin")) {
      facts += " · Pass-through margin (before step-up) " + shown(*margin * 100.0, table::percent_format(3));
    }
    page.paragraphs = {facts + " · Price " + shown(parts.price, table::number_format(3))};
    for (const bool to_call : {true, false}) {
      const bool any = std::any_of(parts.runs.begin(), parts.runs.end(),
                                   [&](const PricedRun& run) { return run.to_call == to_call; });
      if (any) page.tables.push_back(price_dm_page(deal, c, to_call, parts.runs));
    }
    made.sections.push_back(std::move(page));
  }
}

void add_decrements(Book& made, Parts& parts) {
  if (!parts.decrement_pages.empty()) {
    Section section = make_section("Decrement Tables", "Decrement");
    section.tables = std::move(parts.decrement_pages);
    section.tables.back().notes = {"* More than 0% and less than 0.5% of the original balance.",
                                   "Average lives run from settlement to the payment date, on 30/360."};
    made.sections.push_back(std::move(section));
  }
  if (!parts.yields.rows.empty()) {
    Section section = make_section("Yield Tables", "Yields");
    section.tables.push_back(parts.yields);
    made.sections.push_back(std::move(section));
  }
}

void add_available_rate(Book& made, Parts& parts) {
  if (parts.available_rate.rows.empty()) return;
  Section schedule = make_section("Available Rate Schedule", "Available rate");
  schedule.charts.push_back(available_rate_chart(parts.available_rate));
  parts.available_rate.notes = parts.document.available_rate_notes;
  schedule.tables.push_back(parts.available_rate);
  made.sections.push_back(std::move(schedule));
}

void add_credit(Book& made, Parts& parts) {
  for (table::Table& rows : parts.credit) {
    if (rows.rows.empty()) continue;
    Section section = make_section(rows.title, "Credit");
    section.tables.push_back(std::move(rows));
    made.sections.push_back(std::move(section));
  }
}

void add_collateral(Book& made, Parts& parts) {
  if (!parts.pool_summary.rows.empty()) {
    Section summary = make_section("Summary of Loans", "Collateral");
    if (!parts.document.collateral_title.empty()) summary.paragraphs = {parts.document.collateral_title};
    summary.tables = summary_page(parts.pool_summary);
    made.sections.push_back(std::move(summary));
  }
  std::size_t rows_on_page = kLongTable;
  for (table::Table& strat : parts.strat_tables) {
    Section section = make_section(strat.title, "Collateral");
    section.new_page = rows_on_page + strat.rows.size() > 2 * kLongTable;
    rows_on_page = section.new_page ? strat.rows.size() : rows_on_page + strat.rows.size();
    section.tables.push_back(std::move(strat));
    made.sections.push_back(std::move(section));
  }
}

void add_assumptions(Book& made, Parts& parts) {
  for (table::Table& rows : parts.assumptions) {
    Section section = make_section(rows.title, "Assumptions");
    section.new_page = made.sections.empty() || made.sections.back().group != section.group || rows.rows.size() > kLongTable;
    section.tables.push_back(std::move(rows));
    made.sections.push_back(std::move(section));
  }
}

}  // namespace

Book assemble(const deal::Deal& deal, Parts parts) {
  Book made;
  made.deal = deal.name;
  made.headline = parts.document.headline;
  made.subtitle = parts.document.subtitle;
  made.date_prepared = parts.document.date_prepared;
  made.parties = parts.document.parties;
  made.notices = parts.document.notices;
  made.page_legend = parts.document.page_legend;
  for (const table::Table* data : {&parts.decrements, &parts.yields, &parts.class_summary, &parts.credit_enhancement, &parts.dm_table,
                                   &parts.available_rate, &parts.pool_summary, &parts.strats}) {
    if (!data->rows.empty()) made.data_tables.push_back(*data);
  }
  for (const table::Table& data : parts.credit) {
    if (!data.rows.empty()) made.data_tables.push_back(data);
  }
  for (const table::Table& data : parts.assumptions) made.data_tables.push_back(data);
  made.assumptions = parts.assumptions;
  made.views = std::move(parts.views);
  made.carried = std::move(parts.carried);
  made.break_evens = std::move(parts.break_evens);
  made.strat_sums = std::move(parts.strat_sums);
  made.cross = std::move(parts.cross);
  made.basis = std::move(parts.basis);
  made.largest_loans = std::move(parts.largest_loans);
  add_front(made, parts);
  add_price_pages(made, deal, parts);
  add_decrements(made, parts);
  add_available_rate(made, parts);
  add_credit(made, parts);
  add_collateral(made, parts);
  add_assumptions(made, parts);
  return made;
}

}  // namespace spillway::book
