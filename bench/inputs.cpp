#include "inputs.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <stdexcept>

#include "spillway/io/files.h"
#include "spillway/io/tape_reader.h"
#include "spillway/pool/cohort_order.h"

namespace bench {

namespace {

using namespace spillway;

const calendar::Date cut_off = calendar::make_date(2003, 12, 1);

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (end > start) lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

// The example's rows begin with loan_id, product, current_balance.
void add_row(const std::string& row, std::size_t number, double part, std::string& text) {
  const std::size_t id_end = row.find(','), product_end = row.find(',', id_end + 1),
                    balance_end = row.find(',', product_end + 1);
  const double balance = std::stod(row.substr(product_end + 1, balance_end - product_end - 1));
  char id[24], own[32];
  std::snprintf(id, sizeof id, "B%08zu", number);
  std::snprintf(own, sizeof own, "%.2f", std::max(0.01, balance * part));
  text += id;
  text.append(row, id_end, product_end + 1 - id_end);
  text += own;
  text.append(row, balance_end);
  text += '\n';
}

}  // namespace

std::string tape_text(std::size_t loans) {
  const std::string example = *io::read_file(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/tape.csv");
  const std::vector<std::string> lines = lines_of(example);
  if (loans + 1 == lines.size()) return example;
  if (!lines.front().starts_with("loan_id,product,current_balance,")) throw std::runtime_error("the example has changed");
  std::mt19937 random(20031201);
  std::string text = lines.front() + '\n';
  text.reserve(loans * (example.size() / lines.size() + 16));
  for (std::size_t i = 0; i < loans; ++i) {
    const double part = 0.5 + 0.5 * static_cast<double>(random()) / 4294967296.0;
    add_row(lines[1 + random() % (lines.size() - 1)], i, part, text);
  }
  return text;
}

const pool::ProductTable& products() {
  static const pool::ProductTable standard = *io::standard_products();
  return standard;
}

pool::LoanTape read_tape(const std::string& text) {
  auto tape = io::read_tape(text, "tape.csv", products(), cut_off);
  if (!tape.issues.empty()) throw std::runtime_error(result::to_text(tape.issues.front()));
  return std::move(tape.value);
}

pool::Pool make_pool(const pool::LoanTape& tape) {
  auto made = pool::make_pool(tape, products(), {}, calendar::make_date(2004, 1, 1));
  if (!made.issues.empty()) throw std::runtime_error(result::to_text(made.issues.front()));
  return pool::in_cohort_order(std::move(made.value));
}

assumptions::Scenario scenario() {
  assumptions::Scenario made;
  made.name = "bench";
  made.prepayment["arm"] = assumptions::Ramp{0.10, 0.28, 12};
  made.prepayment["fixed"] = assumptions::Ramp{0.04, 0.20, 12};
  return made;
}

rates::IndexPaths index_paths() {
  std::vector<rates::IndexPath> paths;
  double level = 0.012;
  for (const char* name : {"libor_6m", "cmt_1y", "libor_1y"}) {
    rates::IndexPath path{name, {}, {}};
    for (int month = -24; month <= 480; ++month) {
      path.dates.push_back(calendar::add_months(cut_off, month));
      path.rates.push_back(level + 0.035 * (1 - std::exp(-std::max(0, month) / 40.0)) + 0.004 * std::sin(month / 9.0));
    }
    paths.push_back(std::move(path));
    level += 0.0015;
  }
  return rates::IndexPaths(std::move(paths));
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream out{path, std::ios::binary};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

void write_numbers(const std::filesystem::path& path, const std::vector<double>& numbers) {
  write_file(path, {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double)});
}

}  // namespace bench
