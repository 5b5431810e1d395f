#include "model/own_finding.h"

namespace redflag {

Finding own_finding(const Description& description, Kind kind, std::string message,
                    std::string_view what) {
  Finding finding;
  finding.kind = kind;
  finding.tool = "redflag";
  finding.text = message;
  finding.message = std::move(message);
  finding.signature.append(to_string(kind)).append(": ").append(description.scenario).append("/");
  finding.signature.append(description.variant).append(".cpp: ").append(what);
  return finding;
}

std::optional<Finding> finding_of_outcome(const Description& description, const std::string& text) {
  const auto* declared = find_outcome(description, text);
  if (declared != nullptr && declared->allowed) return std::nullopt;
  const std::string why = declared != nullptr ? declared->why : "not declared by the program";
  return own_finding(description, Kind::forbidden_outcome,
                     "forbidden outcome \"" + text + "\": " + why,
                     declared != nullptr ? declared->pattern : text);
}

}  // namespace redflag
