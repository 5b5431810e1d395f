#include "model/json_fields.h"

namespace redflag {

using nlohmann::json;

static void to_json(json& out, const Description::InMode& in_mode) {
  out = {{"mode", in_mode.mode},
         {"kind", in_mode.finding.kind},
         {"required", in_mode.finding.required},
         {"function", in_mode.finding.function}};
}
static void from_json(const json& in, Description::InMode& in_mode) {
  in.at("mode").get_to(in_mode.mode);
  in.at("kind").get_to(in_mode.finding.kind);
  in.at("required").get_to(in_mode.finding.required);
  in.at("function").get_to(in_mode.finding.function);
}

static void to_json(json& out, const Description::Outcome& outcome) {
  out = {{"pattern", outcome.pattern}, {"allowed", outcome.allowed}, {"why", outcome.why}};
}
static void from_json(const json& in, Description::Outcome& outcome) {
  in.at("pattern").get_to(outcome.pattern);
  in.at("allowed").get_to(outcome.allowed);
  in.at("why").get_to(outcome.why);
}

const Description::Outcome* find_outcome(const Description& description, std::string_view text) {
  for (const auto& outcome : description.outcomes) {
    if (fits(outcome.pattern, text)) return &outcome;
  }
  return nullptr;
}

std::string to_json(const Description& description) {
  return document_text({{"scenario", description.scenario},
                        {"variant", description.variant},
                        {"side", description.side},
                        {"compiler", description.compiler},
                        {"instrumentation", description.instrumentation},
                        {"expect", description.expect},
                        {"outcomes", description.outcomes}});
}

Description description_from_json(std::string_view text) {
  return parse_document(text, [](const json& in) {
    Description description;
    in.at("scenario").get_to(description.scenario);
    in.at("variant").get_to(description.variant);
    in.at("side").get_to(description.side);
    in.at("compiler").get_to(description.compiler);
    in.at("instrumentation").get_to(description.instrumentation);
    in.at("expect").get_to(description.expect);
    in.at("outcomes").get_to(description.outcomes);
    return description;
  });
}

}  // namespace redflag
