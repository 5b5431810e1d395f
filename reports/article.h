// The tables of the article that the catalogue retells, with what was measured in place of its
// word.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reports/view.h"

namespace redflag::reports {

/// A row: a situation, what the article says of it, and the program that is this situation.
struct Claim {
  std::string_view situation;
  std::string_view said;                ///< in the article's sense, in our words
  std::optional<bool> said_to_be_safe;  ///< absent: it does not commit itself
  std::string_view scenario;
  std::string_view variant;
};

struct ArticleTable {
  std::string_view section;
  std::string_view title;
  std::span<const Claim> claims;
};

/// In the order of the article.
std::span<const ArticleTable> article_tables();

/// The variant that a claim is measured by; null if the campaign has not run it.
const Variant* measured_by(const View& view, const Claim& claim);

/// False if anything was seen of it; true if it is a safe program and nothing was, in all modes.
/// Else absent: that nothing was seen of an unsafe program does not make it safe.
std::optional<bool> found_safe(const Variant& variant);

/// What a run showed, in a few words: "8/8 data-race".
std::string seen_words(const View& view, const Run* run);

/// What was measured of a claim: "breaks: the article is wrong here".
std::string measured_words(const Claim& claim, const Variant& variant);

}  // namespace redflag::reports
