// Campaigns as JSON (reports/schema/results.schema.json), and programs' own descriptions.
#pragma once

#include <redflag/scenario.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/campaign.h"

namespace redflag {

/// A document that is not what it should be; what() says what and where.
class BadDocument : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The campaign as an indented JSON document. Bytes that are not UTF-8 become U+FFFD.
std::string to_json(const Campaign& campaign);

/// The campaign in `text`. Throws BadDocument if it is cut short, lacks a field, has a field of
/// the wrong type, or was written by a newer schema.
Campaign campaign_from_json(std::string_view text);

/// What a program says of itself (`PROGRAM --describe`).
struct Description {
  std::string scenario;
  std::string variant;
  Side side = Side::unsafe;
  std::string compiler;         ///< "gcc" or "clang"
  std::string instrumentation;  ///< "none", "thread" or "address"
  struct InMode {
    Mode mode;
    ExpectedFinding finding;
    bool operator==(const InMode&) const = default;
  };
  struct Outcome {
    std::string pattern;
    bool allowed = false;
    std::string why;
    bool operator==(const Outcome&) const = default;
  };
  std::vector<InMode> expect;
  std::vector<Outcome> outcomes;
  bool operator==(const Description&) const = default;
};

/// The declared outcome that `text` is, or null: then it is forbidden as not declared.
const Description::Outcome* find_outcome(const Description& description, std::string_view text);

std::string to_json(const Description& description);

/// Throws BadDocument as campaign_from_json does.
Description description_from_json(std::string_view text);

}  // namespace redflag
