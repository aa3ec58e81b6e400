#pragma once
// Options that say which classes are priced, and on which index.

#include <string>
#include <vector>

#include "spillway/book/price_grid.h"
#include "spillway/engine/inputs.h"
#include "spillway/result/issue.h"

namespace spillway::cli {

/// The classes' index that --index names, or else that of the price-DM pages. Empty, with an issue, if the deal has no such index.
std::string classes_index(const std::string& named, const engine::Inputs& inputs, std::vector<result::Issue>& issues);

/// The classes and combinations that --class names, or all of the deal's; each name that is none is an issue.
std::vector<book::GridSubject> subjects_of(const std::vector<std::string>& names, const engine::Inputs& inputs,
                                           std::vector<result::Issue>& issues);

}  // namespace spillway::cli
