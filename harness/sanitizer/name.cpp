#include "sanitizer/name.h"

#include <array>
#include <cctype>
#include <cstddef>

namespace redflag {
namespace {

constexpr std::string_view anonymous = "(anonymous namespace)";

// Longer ones first: "<<=" must not be read as "<".
constexpr auto symbols = std::to_array<std::string_view>(
    {"<=>", "->*", "<<=", ">>=", "()", "[]", "->", "++", "--", "<<", ">>", "<=", ">=",
     "==",  "!=",  "&&",  "||",  "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "+",
     "-",   "*",   "/",   "%",   "^",  "&",  "|",  "~",  "!",  "=",  "<",  ">",  ","});

constexpr auto qualifiers =
    std::to_array<std::string_view>({" const", " volatile", " noexcept", " &&", " &"});

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks once over a demangled name and remembers the component that it is in.
class NameScanner {
 public:
  explicit NameScanner(std::string_view text) : text_(text) {
    while (at_ < text_.size()) step();
    end_of_component();
  }

  [[nodiscard]] const std::string& first() const { return first_; }
  [[nodiscard]] const std::string& last() const { return last_; }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool at(std::string_view part) const { return rest().starts_with(part); }

  void step() {
    const char c = text_[at_];
    if (at_operator()) return read_operator();
    if (at("::")) return next_component();
    if (c == ' ') return after_space();
    if (c == '<') return skip_template_arguments();
    if (c == '[') return skip_to("]");  // [abi:cxx11]
    if (c == '(') return read_parenthesis();
    if (c == ')' || ((c == '.' || c == '@') && !last_.empty())) return stop();  // ".part.0"
    ++at_;
    if (c != '*' && c != '&') last_ += c;
  }

  void stop() { at_ = text_.size(); }

  void skip_to(std::string_view mark) {
    const auto found = text_.find(mark, at_);
    at_ = found == std::string_view::npos ? text_.size() : found + mark.size();
  }

  void end_of_component() {
    if (first_.empty()) first_ = last_;
  }

  void next_component() {
    end_of_component();
    last_.clear();
    at_ += 2;
  }

  // What came before was a return type ("void "), unless a clone's mark follows ("foo [clone .0]").
  void after_space() {
    if (at(" [")) return stop();
    first_.clear();
    last_.clear();
    ++at_;
  }

  void skip_template_arguments() {
    int angles = 0;
    int parentheses = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '(') ++parentheses;
      if (c == ')') --parentheses;
      if (parentheses > 0) continue;
      if (c == '<') ++angles;
      if (c == '>' && text_[at_ - 1] != '-' && --angles == 0) break;
    }
    ++at_;
  }

  void skip_parameters() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '(') ++depth;
      if (text_[at_] == ')' && --depth == 0) break;
    }
    ++at_;
  }

  // An unnamed namespace, the parameters, or a returned function pointer: "void (*get(int))(char)".
  void read_parenthesis() {
    if (at(anonymous)) {
      last_ = anonymous;
      at_ += anonymous.size();
    } else if (last_.empty()) {
      ++at_;
    } else {
      skip_parameters();
      if (at_ < text_.size()) skip_qualifiers();
    }
  }

  void skip_qualifiers() {
    for (bool found = true; found;) {
      found = false;
      for (const auto word : qualifiers) {
        if (!at(word)) continue;
        at_ += word.size();
        found = true;
      }
    }
  }

  [[nodiscard]] bool at_operator() const {
    constexpr std::string_view word = "operator";
    if (!at(word) || (at_ > 0 && is_word(text_[at_ - 1]))) return false;
    return at_ + word.size() >= text_.size() || !is_word(text_[at_ + word.size()]);
  }

  void read_operator() {
    last_ = "operator";
    at_ += last_.size();
    if (!read_symbol()) read_operator_word();
    if (at(" <")) ++at_;  // "operator<< <int>"
  }

  bool read_symbol() {
    for (const auto symbol : symbols) {
      if (!at(symbol)) continue;
      last_ += symbol;
      at_ += symbol.size();
      return true;
    }
    return false;
  }

  // " new[]", " bool", " std::vector<int>", "\"\" _name": up to the parameters.
  void read_operator_word() {
    while (at_ < text_.size() && text_[at_] != '(' && !at(" [")) {
      if (text_[at_] == '<') {
        skip_template_arguments();
      } else {
        last_ += text_[at_++];
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string first_;
  std::string last_;
};

}  // namespace

std::string unqualified_name(std::string_view function) {
  const NameScanner scanner(function);
  return scanner.last().empty() ? std::string(function) : scanner.last();
}

std::string outermost_scope(std::string_view function) {
  const NameScanner scanner(function);
  return scanner.first().empty() ? std::string(function) : scanner.first();
}

}  // namespace redflag
