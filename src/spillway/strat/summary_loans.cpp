#include "spillway/strat/summary_loans.h"

#include <cmath>

#include "spillway/strat/attribute.h"
#include "spillway/strat/universe.h"
#include "spillway/strat/value_test.h"

namespace spillway::strat {

SummaryLoans summary_loans(const pool::LoanTape& tape, const pool::ProductTable& products, const SummaryItem& item) {
  const Universe universe(tape, products, item.universe);
  const NumberColumn numbers(tape, item.attribute);
  const ValueTest test(item.values);
  const bool is_share = item.measure == "share", is_text = attribute_kind(item.attribute) == AttributeKind::text;
  const pool::TextColumn* words = is_text ? text_column(tape, item.attribute) : nullptr;
  SummaryLoans loans{std::vector<char>(tape.size()), std::vector<char>(tape.size())};
  std::vector<std::uint32_t> in(block_size);
  for_each_block(tape, [&](LoanBlock block) {
    NumberBlock buffer;
    universe.mark(block, in.data());
    const double* values = numbers.values(block, buffer);
    for (std::size_t i = 0; i < block.count; ++i) {
      const std::size_t loan = block.first + i;
      loans.in[loan] = in[i] != 0;
      bool counts = item.measure == "count" || !std::isnan(values[i]);
      if (is_share) counts = is_text ? test.counts(words != nullptr ? words->at(loan) : std::string()) : test.counts(values[i]);
      loans.counts[loan] = loans.in[loan] && counts;
    }
  });
  return loans;
}

TableDefinition table_of(const TopBlock& block) {
  TableDefinition table;
  table.name = table.title = block.title;
  table.attribute = block.attribute;
  table.buckets.kind =
      attribute_kind(block.attribute) == AttributeKind::text ? Buckets::Kind::category : Buckets::Kind::each_value;
  table.buckets.label_format = block.label_format;
  table.buckets.relabel = block.relabel;
  table.buckets.order = Buckets::Order::balance;
  return table;
}

}  // namespace spillway::strat
