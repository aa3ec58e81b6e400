#pragma once
// Book: which tables, terms and charts make up the computational materials, in what order, with which notes.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/book/basis.h"
#include "spillway/book/carried_run.h"
#include "spillway/book/largest_loans.h"
#include "spillway/book/loss_tables.h"
#include "spillway/book/run_view.h"
#include "spillway/strat/average_sums.h"
#include "spillway/strat/cross_tab.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// A line of the terms: "Payment Date: The 25th day of each month ..." Paragraphs are plain text.
struct Term {
  std::string label;
  std::vector<std::string> paragraphs;
};

/// A chart. Every series has one value per x label; NaN leaves a gap.
struct Chart {
  enum class Kind { line, stacked_area, bar };
  std::string id;
  std::string title;
  Kind kind = Kind::line;
  std::string x_title;
  std::string y_title;
  std::string unit;                 ///< "dollars", "percent"
  std::vector<std::string> x;
  std::vector<std::pair<std::string, std::vector<double>>> series;
};

/// A part of the book, in print order: heading, text, terms, tables, charts.
struct Section {
  std::string id;                   ///< anchor: "class-a-1"
  std::string title;
  std::string group;                ///< heading in the navigation: "Terms", "Price-DM", "Collateral"
  std::vector<std::string> paragraphs;
  std::vector<Term> terms;
  std::vector<table::Table> tables;
  std::vector<Chart> charts;
  bool new_page = true;             ///< starts a page in print
};

/// The computational materials of a deal.
struct Book {
  std::string deal;                                        ///< "Impac CMB Trust Series 2003-12"
  std::string headline;                                    ///< "$1,000,000,000 (Approximate)"
  std::string subtitle;                                    ///< "Collateralized Asset-Backed Bonds, Series 2003-12"
  std::string date_prepared;
  std::vector<std::pair<std::string, std::string>> parties;  ///< {"Depositor", "IMH Assets Corp."}
  std::vector<std::string> notices;                        ///< what every reader must know: "The tape is synthetic ..."
  std::string page_legend;                                 ///< the line at the foot of every page
  std::vector<Section> sections;
  std::vector<table::Table> data_tables;                   ///< written as tables/NAME.csv and into book.json
  std::vector<table::Table> assumptions;                   ///< what the scenarios assume, the runs, how numbers are computed; data tables too
  std::vector<RunView> views;                              ///< every scenario at every speed, to call and to maturity
  std::vector<CarriedRun> carried;                         ///< what tables need of runs that are no views
  std::vector<BreakEvenRow> break_evens;                   ///< how each was searched for, in the order of its table
  std::vector<strat::AverageSums> strat_sums;              ///< behind the averages of the stratifications
  strat::CrossSums cross;                                  ///< any two stratifications over each other; none without a tape
  Basis basis;                                             ///< what the figures are counted from
  LargestLoansOfBook largest_loans;                        ///< those that contribute most; none without a tape
};

/// The data table called `name` ("class_summary", "dm_tables"); throws InvariantViolation if the book has none.
const table::Table& data_table(const Book& book, std::string_view name);

}  // namespace spillway::book
