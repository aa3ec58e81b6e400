#pragma once
// The work of resolve(), in parts. Private to deal.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spillway/deal/block_compiler.h"
#include "spillway/deal/deal.h"
#include "spillway/deal/names.h"

namespace spillway::deal {

/// Turns one definition into a Deal, gathering every problem.
class Resolver {
 public:
  Resolver(const DealDefinition& definition, const std::vector<std::string>& groups);

  result::Result<Deal> run();

 private:
  // What the file says, taken over.
  void check_dates();
  void lay_out_slots();
  void add_classes();
  void add_combinations();
  void add_schedules();
  void start_notionals();
  void name_everything();
  void name_call();
  void name_make_whole();
  void name_hedges();
  void name_caps();
  void name_fund(const FundDefinition& fund, std::size_t position);
  void name_compound_funds();
  void name_quantity(const QuantityDefinition& quantity);
  void name_class(const ClassDefinition& definition, std::size_t position);
  result::Location place_of(const std::string& name) const;

  // Definitions, each compiled when first used.
  void define_everything();
  Symbol build_quantity(const QuantityDefinition& quantity);
  void add_rate_terms();
  Symbol build_class_rate(const ClassDefinition& definition, std::size_t position);
  Symbol build_fund(const FundDefinition& fund, std::size_t position);
  Symbol build_hedges();
  Symbol build_cap(const CapDefinition& cap);

  // What is kept from period to period.
  void name_trigger(const TriggerDefinition& written);
  void name_previous(const QuantityDefinition& quantity);
  void define_previous_values();
  Symbol build_trigger(const TriggerDefinition& written);
  Symbol build_memory(const QuantityDefinition& quantity);
  void add_accounts();
  void name_account(const AccountDefinition& written, std::size_t position);
  Symbol build_account_target(const AccountDefinition& written, const Account& account);
  Symbol build_account_interest(const AccountDefinition& written, const Account& account);

  // Steps.
  void add_steps();
  void add_step(const StepDefinition& definition);
  void check_step(const StepDefinition& definition);
  std::vector<int> simple_funds(const std::vector<Text>& names);
  Node node(const Distribution& distribution, const StepDefinition& step);
  Node leaf(const Text& name, const StepDefinition& step);
  void check_pro_rata(const Node& made, const Distribution& distribution);
  Node account_leaf(const Text& name, int position, const StepDefinition& step);
  void leave_out_own_source(Step& step, const StepDefinition& written);
  void add_children(Node& parent, const Distribution& distribution, const StepDefinition& step);
  std::vector<int> expand(const Text& name);

  // What the period loop runs.
  void compile_blocks();
  void compile_assignments(BlockCompiler& compiler);
  void compile_step(Step& step, BlockCompiler& compiler) const;
  std::vector<Keeps> what_slots_keep() const;
  void note_what_is_read();

  // Formulas.
  std::optional<Compiled> compile_text(const Text& text, const std::string& scope);
  Program program(const Text& text, Type wanted, const std::string& scope);        ///< may move during the day
  Program fixed_program(const Text& text, Type wanted, const std::string& scope);  ///< must not
  Symbol assign(int slot, Type type, const Text& text, const std::string& scope);
  Symbol assign_program(int slot, Type type, Program program);
  int new_slot(double initial = 0.0);
  void fail(const result::Location& where, std::string what, std::string remedy = {});
  bool claim(const Text& name, std::string_view what);  ///< reports a name already taken

  std::vector<std::string> receivers() const;

  const DealDefinition& definition_;
  Deal deal_;
  Names names_;
  std::vector<std::string> hyphenated_;
  std::vector<int> constant_slots_;
  std::map<std::string, std::vector<std::string>> class_groups_;
  std::map<std::string, std::vector<Assignment>> before_;  ///< by step section
  std::map<std::string, std::string> taken_;
  std::vector<result::Issue> issues_;
};

}  // namespace spillway::deal
