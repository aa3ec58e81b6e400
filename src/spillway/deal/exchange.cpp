#include "spillway/deal/exchange.h"

#include <algorithm>

#include "spillway/deal/uses.h"

namespace spillway::deal {

namespace {

template <class Entry>
const Entry* named(const std::vector<Entry>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Entry& entry) { return entry.name.text == name; });
  return found == all.end() ? nullptr : &*found;
}

// The words of a name are parted by underscores.
bool is_about_target(const std::string& name) {
  const std::string words = '_' + name + '_';
  return words.find("_oc_") != std::string::npos || words.find("_overcollateralization_") != std::string::npos;
}

class TargetNames {
 public:
  explicit TargetNames(const DealDefinition& definition) : definition_(definition), hyphenated_(hyphenated_names(definition)) {}

  void add(const std::string& name) {
    const QuantityDefinition* quantity = named(definition_.quantities, name);
    if (!quantity && !named(definition_.schedules, name)) return;
    if (names_.insert(name).second && quantity) add_names_in(quantity->formula);
  }

  void add_names_in(const Text& formula) {
    for (const std::string& name : names_in(formula, hyphenated_)) add(name);
  }

  std::set<std::string> take() { return std::move(names_); }

 private:
  const DealDefinition& definition_;
  std::vector<std::string> hyphenated_;
  std::set<std::string> names_;
};

// Entries called `names` become those of `other`, in their places; what only `other` has comes last.
template <class Entry>
std::vector<Entry> exchanged(const std::vector<Entry>& base, const std::vector<Entry>& other, const std::set<std::string>& names) {
  std::vector<Entry> made;
  for (const Entry& entry : base) {
    if (!names.contains(entry.name.text)) made.push_back(entry);
    else if (const Entry* theirs = named(other, entry.name.text)) made.push_back(*theirs);
  }
  for (const Entry& entry : other) {
    if (names.contains(entry.name.text) && !named(base, entry.name.text)) made.push_back(entry);
  }
  return made;
}

}  // namespace

std::set<std::string> target_names(const DealDefinition& definition, const std::string& stated) {
  TargetNames names(definition);
  names.add(stated);
  if (definition.credit_enhancement_target) names.add_names_in(*definition.credit_enhancement_target);
  for (const QuantityDefinition& quantity : definition.quantities) {
    if (is_about_target(quantity.name.text)) names.add(quantity.name.text);
  }
  return names.take();
}

DealDefinition with_target_of(DealDefinition base, const DealDefinition& other, const std::set<std::string>& names) {
  base.credit_enhancement_target = other.credit_enhancement_target;
  base.quantities = exchanged(base.quantities, other.quantities, names);
  base.schedules = exchanged(base.schedules, other.schedules, names);
  return base;
}

DealDefinition with_call_of(DealDefinition base, const DealDefinition& other) {
  base.call = other.call;
  return base;
}

DealDefinition with_hedges_of(DealDefinition base, const DealDefinition& other) {
  base.hedges = other.hedges;
  base.caps = other.caps;
  return base;
}

}  // namespace spillway::deal
