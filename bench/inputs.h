#pragma once
// The inputs of the bench: the loans of the example deal, enlarged to any number, the same on every run.

#include <filesystem>
#include <string>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/pool/loan_tape.h"
#include "spillway/pool/pool.h"
#include "spillway/pool/product.h"
#include "spillway/rates/index_paths.h"

namespace bench {

/// The example's tape as CSV with `loans` rows: its own where they suffice, else repeated with other balances and ids.
std::string tape_text(std::size_t loans);

const spillway::pool::ProductTable& products();
spillway::pool::LoanTape read_tape(const std::string& text);
spillway::pool::Pool make_pool(const spillway::pool::LoanTape& tape);

/// A prepayment ramp for each loan group, and rates that move every month.
spillway::assumptions::Scenario scenario();
spillway::rates::IndexPaths index_paths();

void write_file(const std::filesystem::path& path, const std::string& bytes);
/// Numbers as they are in memory, for NumPy.
void write_numbers(const std::filesystem::path& path, const std::vector<double>& numbers);

}  // namespace bench
