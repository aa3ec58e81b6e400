#pragma once
// The sums behind the averages of stratification tables.

#include <string>
#include <vector>

#include "spillway/strat/strat.h"

namespace spillway::strat {

/// What a column of averages is made of, row by row: of all tables in order, as printed, their totals too.
struct AverageSums {
  std::string column;            ///< "gross_wac"
  std::vector<double> products;  ///< balance x value
  std::vector<double> weights;   ///< dollars: balance of the loans that have the value; 0 where the table leaves the column out
};

/// Tables, and the sums behind them.
struct Stratified {
  std::vector<table::Table> tables;
  std::vector<AverageSums> averages;
};

}  // namespace spillway::strat
