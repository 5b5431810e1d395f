// How the model's types stand in JSON: shared by campaign_json.cpp and description_json.cpp only.
#pragma once

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <array>
#include <string>

#include "model/json.h"

namespace redflag {

/// The enumerator among `all` whose to_string() is `text`.
template <typename Enum, std::size_t N>
Enum enum_from(const std::array<Enum, N>& all, const nlohmann::json& json, const char* what) {
  const auto text = json.get<std::string>();
  for (const Enum value : all) {
    if (to_string(value) == text) return value;
  }
  throw BadDocument(fmt::format("\"{}\" is no {}", text, what));
}

inline void to_json(nlohmann::json& json, Kind kind) { json = to_string(kind); }
inline void from_json(const nlohmann::json& json, Kind& kind) {
  const auto text = json.get<std::string>();
  const auto known = kind_from_string(text);
  if (!known) throw BadDocument(fmt::format("\"{}\" is no kind of finding", text));
  kind = *known;
}

inline void to_json(nlohmann::json& json, Mode mode) { json = to_string(mode); }
inline void from_json(const nlohmann::json& json, Mode& mode) {
  mode = enum_from(std::to_array(all_modes_list), json, "mode");
}

inline void to_json(nlohmann::json& json, Side side) { json = to_string(side); }
inline void from_json(const nlohmann::json& json, Side& side) {
  side = enum_from(std::array{Side::unsafe, Side::safe}, json, "side");
}

/// Parses `text` and hands it to `read`; whatever is wrong with it becomes a BadDocument.
template <typename Read>
auto parse_document(std::string_view text, Read read) {
  try {
    return read(nlohmann::json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    // nlohmann's own text says where, after its error number in brackets.
    const std::string message = error.what();
    const auto end_of_number = message.find("] ");
    throw BadDocument(end_of_number == std::string::npos ? message
                                                         : message.substr(end_of_number + 2));
  }
}

/// Indented, with bytes that are not UTF-8 replaced, and a newline at the end.
inline std::string document_text(const nlohmann::json& json) {
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace redflag
