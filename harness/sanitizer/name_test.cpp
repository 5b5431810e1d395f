#include "sanitizer/name.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace redflag {
namespace {

struct PrintedName {
  std::string_view printed;
  std::string_view unqualified;
  std::string_view scope;
};

constexpr auto names = std::to_array<PrintedName>({
    {"main", "main", "main"},
    {"ns::stop(int, char const*)", "stop", "ns"},
    {"(anonymous namespace)::stop()", "stop", "(anonymous namespace)"},
    {"bump<(anonymous namespace)::Engine>", "bump", "bump"},
    {"void (anonymous namespace)::bump<(anonymous namespace)::Engine>((anonymous namespace)::E&)",
     "bump", "(anonymous namespace)"},
    {"std::vector<int, std::allocator<int> > ns::make<int>(unsigned long)", "make", "ns"},
    {"unsigned long const* ns::get(int) const &", "get", "ns"},
    {"int const ns::get() const volatile", "get", "ns"},
    {"std::thread::_Invoker<std::tuple<void (*)()> >::_M_invoke<0ul>(std::_Index_tuple<0ul>)",
     "_M_invoke", "std"},
    {"std::__detail::_MakeUniq<(anonymous namespace)::E>::__single_object std::make_unique<E>()",
     "make_unique", "std"},
    // Lambdas: GCC, Clang with internal and with external linkage, GCC's mangled form.
    {"operator()", "operator()", "operator()"},
    {"main::$_0::operator()() const", "operator()", "main"},
    {"(anonymous namespace)::body()::$_1::operator()() const", "operator()",
     "(anonymous namespace)"},
    {"body()::'lambda'(int)::operator()(int) const", "operator()", "body"},
    {"body()::{lambda(int)#1}::operator()(int) const", "operator()", "body"},
    {"auto main::$_0::operator()<int>(int) const", "operator()", "main"},
    {"operator()<int>", "operator()", "operator()"},
    {"X::operator()(int)::{lambda()#2}::operator()() const", "operator()", "X"},
    // Operators.
    {"std::ostream& ns::operator<< <int>(std::ostream&, ns::Box<int> const&)", "operator<<", "ns"},
    {"operator<< <int>", "operator<<", "operator<<"},
    {"(anonymous namespace)::Engine::operator<<(long)", "operator<<", "(anonymous namespace)"},
    {"ns::A::operator<(ns::A const&) const", "operator<", "ns"},
    {"ns::A::operator<=>(ns::A const&) const", "operator<=>", "ns"},
    {"ns::A::operator->() const", "operator->", "ns"},
    {"ns::A::operator[](unsigned long)", "operator[]", "ns"},
    {"ns::A::operator=(ns::A&&)", "operator=", "ns"},
    {"operator new(unsigned long)", "operator new", "operator new"},
    {"operator new[](unsigned long)", "operator new[]", "operator new[]"},
    {"operator delete(void*, unsigned long)", "operator delete", "operator delete"},
    {"ns::A::operator bool() const", "operator bool", "ns"},
    {"operator bool", "operator bool", "operator bool"},
    {"ns::A::operator unsigned long() const", "operator unsigned long", "ns"},
    {"operator\"\" _km(long double)", "operator\"\" _km", "operator\"\" _km"},
    {"operators(int)", "operators", "operators"},
    {"my_operator(int)", "my_operator", "my_operator"},
    // Constructors and destructors.
    {"(anonymous namespace)::Engine::~Engine()", "~Engine", "(anonymous namespace)"},
    {"~Engine", "~Engine", "~Engine"},
    {"ns::Box<std::pair<int, int> >::Box(int)", "Box", "ns"},
    // Clones and other marks of the compiler.
    {"ns::work(int) [clone .part.0]", "work", "ns"},
    {"work.part.0", "work", "work"},
    {"work.isra.0.cold", "work", "work"},
    {"work.constprop.0", "work", "work"},
    {"ns::name[abi:cxx11](int)", "name", "ns"},
    {"ns::name[abi:cxx11]() const [clone .isra.0]", "name", "ns"},
    {"memcpy@plt", "memcpy", "memcpy"},
    // Returned function pointers, decltype, comparisons inside arguments.
    {"void (*ns::choose<int>(int))(char)", "choose", "ns"},
    {"decltype(auto) ns::get<0>(int)", "get", "ns"},
    {"ns::f<(1 > 2)>(int)", "f", "ns"},
    {"ns::f<decltype (x->y)>::g()", "g", "ns"},
    // No names.
    {"", "", ""},
    {"<null>", "<null>", "<null>"},
    {"operator", "operator", "operator"},
    {"((((", "((((", "(((("},
    {"a<b", "a", "a"},
    {"x::", "x::", "x"},
});

TEST(Name, UnqualifiedNameIsTheSameForEveryCompiler) {
  for (const auto& name : names) EXPECT_EQ(unqualified_name(name.printed), name.unqualified);
}

TEST(Name, OutermostScope) {
  for (const auto& name : names)
    EXPECT_EQ(outermost_scope(name.printed), name.scope) << name.printed;
}

}  // namespace
}  // namespace redflag
