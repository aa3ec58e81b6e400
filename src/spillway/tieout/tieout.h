#pragma once
// Tie-out: computed tables against a published record, cell by cell, at printed precision.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::tieout {

/// A table as printed: text cells, "" where nothing is printed.
struct PublishedTable {
  std::string file;                              ///< for messages
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;                        ///< of the file, by row
};

/// A certain misprint: the cell is compared with `proposed`.
struct Correction {
  std::string table, label, column, printed, proposed, evidence;
};

/// How a published table lies over a computed one.
struct Record {
  std::string published;                         ///< file stem in the published folder: "summary_classes"
  std::string computed;                          ///< name of the computed table: "class_summary"
  std::vector<std::string> keys;                 ///< columns that name a row
  std::vector<std::string> ignored;              ///< columns that repeat inputs
  std::vector<double> bands;                     ///< distances to count cells within, besides printed precision
  std::string total_flag;                        ///< column that marks total rows, whose `total_free_key` does not count
  std::string total_free_key;
};

/// The published tables Spillway knows.
std::span<const Record> records();

/// One cell that does not match.
struct Miss {
  std::string row;
  std::string column;
  std::string computed;                          ///< at printed precision; "" if there is none
  std::string published;
  std::string corrected_from;                    ///< what is printed, where a correction replaced it
  std::optional<double> difference;              ///< computed (unrounded) - published; unset for text
};

struct BandCount {
  double within = 0;
  int cells = 0;
};

struct ColumnCount {
  std::string column;
  int cells = 0;
  int matched = 0;
};

/// The tie-out of one table.
struct TableTieOut {
  std::string table;
  int cells = 0;
  int matched = 0;
  double worst_difference = 0;                   ///< largest |computed - published| of a number
  std::string worst_cell;
  std::vector<ColumnCount> by_column;
  std::vector<BandCount> bands;                  ///< cumulative
  std::vector<Miss> misses;
  std::vector<Correction> corrected;
};

/// Compares every printed cell. A number matches when the computed one rounds (half away from zero) to it at its printed
/// decimals; a text when it is the same. A row or column that was not computed counts its cells as missed.
TableTieOut compare(const Record& record, const PublishedTable& published, const table::Table& computed,
                    std::span<const Correction> corrections);

/// A line per table: cells, matched, worst difference, cells within each band.
table::Table summary(std::span<const TableTieOut> tables);

/// A row per miss.
table::Table misses(std::span<const TableTieOut> tables);

}  // namespace spillway::tieout
