"""Meals as rows."""

from ylyx_site.meals.models.canteens import CanteenTerms, DeliveryArea, MealTerms
from ylyx_site.meals.models.menus import Dish, MealSet, MenuDay, MenuItem, MenuPicture, SetDish
from ylyx_site.meals.models.orders import BenefitLine, MealOrder, OrderedMeal, Portion
from ylyx_site.meals.models.payments import Payment
from ylyx_site.meals.models.plans import MealPlan, MealRest
from ylyx_site.meals.models.withdrawals import MenuWithdrawal, WithdrawnMeal

__all__ = [
    "BenefitLine",
    "CanteenTerms",
    "DeliveryArea",
    "Dish",
    "MealOrder",
    "MealPlan",
    "MealRest",
    "MealSet",
    "MealTerms",
    "MenuDay",
    "MenuItem",
    "MenuPicture",
    "MenuWithdrawal",
    "OrderedMeal",
    "Payment",
    "Portion",
    "SetDish",
    "WithdrawnMeal",
]
