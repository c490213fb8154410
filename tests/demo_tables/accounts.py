"""Accounts: funds, economic classes, how money is spent over a year, and how it grows."""

FUNDS = {
    "01": "General budget revenue",
    "02": "Own revenue of budget users",
    "03": "Transfers from higher levels",
    "04": "Donations",
    "05": "Loans",
}
ECONOMIC = """
600 Reserve
600000 Current reserve
611 Wages and compensation
611100 Gross wages
611200 Allowances
612 Employer contributions
612100 Employer contributions
613 Goods and services
613100 Travel
613200 Energy
613300 Communal services
613400 Supplies
613500 Transport and fuel
613600 Rent
613700 Maintenance
613800 Insurance and bank
613900 Contracted services
614 Current transfers
614100 To other levels
614200 To individuals
614300 To non-profit bodies
614400 To public enterprises
614500 To firms and farmers
615 Capital transfers
615100 Capital, other levels
615200 Capital, individuals
615300 Capital, non-profit
615400 Capital, enterprises
616 Interest
616200 Interest, foreign loans
616300 Interest, domestic loans
821 Fixed assets
821100 Land
821200 Buildings
821300 Equipment
821400 Other fixed assets
821500 Studies and software
821600 Reconstruction
823 Debt repayment
823100 Foreign loans
823300 Domestic loans
711 Profit tax
711100 Profit tax of self-employed
713 Payroll tax
713100 Payroll tax arrears
714 Property tax
714100 Tax on property
714200 Inheritance and gift tax
714300 Property transfer tax
715 Sales tax
715100 Sales tax arrears
716 Income tax
716100 Personal income tax
717 Indirect taxes
717100 Shared indirect taxes
721 Property income
721100 Rents and leases
721200 Interest and dividends
721500 Concessions
722 Fees and charges
722100 Administrative fees
722300 Communal fees
722400 Land and building fees
722500 Road and water charges
722600 Own revenue of users
722700 Other revenue
731 Foreign grants
731100 Grants from abroad
732 Domestic grants
732100 Current grants
732200 Capital grants
733 Donations
733100 Donations
811 Capital receipts
811100 Sale of property
814 Loans received
814300 Domestic loans
"""

# Final execution (low, high) and the usual share of it at the end of the
# first three quarters, by the longest matching activity or economic code.
EXECUTION = {
    "0701-0003": (0.85, 1.0, 0.52, 0.56, 0.59),
    "2101-0003": (0.9, 0.99, 0.01, 0.06, 0.31),
    "2002-0002": (0.9, 0.99, 0.27, 0.56, 0.66),
    "611": (0.965, 0.999, 0.24, 0.49, 0.74),
    "612": (0.965, 0.999, 0.24, 0.49, 0.74),
    "6132": (0.87, 1.0, 0.38, 0.55, 0.66),
    "613": (0.85, 0.99, 0.19, 0.44, 0.68),
    "614": (0.87, 1.0, 0.17, 0.45, 0.71),
    "615": (0.85, 0.99, 0.05, 0.3, 0.62),
    "616": (0.97, 1.0, 0.25, 0.5, 0.75),
    "600": (0.35, 0.7, 0.05, 0.2, 0.5),
    "821": (0.85, 0.99, 0.04, 0.2, 0.54),
    "823": (0.99, 1.0, 0.25, 0.5, 0.75),
}
# Yearly growth of an activity on top of the growth of the budget.
TRENDS = {
    "1301-0002": 1.12,
    "0602-0010": 1.05,
    "0901-0003": 1.05,
    "0901-0006": 1.03,
    "0901-0007": 1.03,
    "0501-0001": 1.06,
    "0701-0002": 0.97,
    "2001-0001": 1.02,
}
